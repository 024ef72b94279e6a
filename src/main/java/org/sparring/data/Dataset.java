package org.sparring.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.sparring.errors.DataException;
import org.sparring.pictures.ContentHash;
import org.sparring.pictures.Limits;

/**
 * Samples by index. Each sample has the same named fields, for example an image and its class. Safe
 * for use from many threads. {@link ArrayDataset} holds arrays; {@link ImageSource} is a data set
 * of images.
 */
public interface Dataset {
  /** A short name for logs, such as {@code mnist train}. */
  String name();

  /** Number of samples, at least 1. */
  int size();

  /**
   * The fields of every sample, at least one. The first is the sample itself, which a generator
   * learns to imitate.
   */
  List<Field> fields();

  /**
   * Writes one field of one sample at the position of {@code into}, and advances the position by
   * {@link Field#bytes}. Values are written row-major, in the byte order of {@code into}.
   *
   * @param index from 0, below {@link #size}
   * @param field one of {@link #fields}
   * @throws IndexOutOfBoundsException if there is no such sample
   * @throws DataException if the sample cannot be read
   */
  void read(int index, Field field, ByteBuffer into);

  /** The first field. */
  default Field sample() {
    return fields().get(0);
  }

  /**
   * The field of a name.
   *
   * @throws DataException if there is none, with the names of those that there are
   */
  default Field field(String name) {
    return fields().stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                DataException.in(
                    name(),
                    "a field " + name,
                    fields().stream().map(Field::name).collect(Collectors.joining(", ")),
                    "Use a data set with this field."));
  }

  /**
   * One field of all samples, read in parallel, in native byte order.
   *
   * @return an array-backed buffer from position 0, (size, field shape)
   * @throws DataException if they do not fit one array of 2^31 − 9 bytes
   */
  default ByteBuffer readAll(Field field) {
    int each = field.bytes();
    ByteBuffer all =
        ByteBuffer.allocate(Limits.arrayLength(name(), size(), each))
            .order(ByteOrder.nativeOrder());
    IntStream.range(0, size())
        .parallel()
        .forEach(i -> read(i, field, all.duplicate().order(all.order()).position(i * each)));
    return all;
  }

  /** One line about the contents, for logs. */
  default String summary() {
    return size() + " samples";
  }

  /**
   * SHA-256 in hex of the contents. Two data sets with the same hash hold the same samples in the
   * same order; a run resumes only on data with the hash that it began with. By default this reads
   * every field of every sample.
   */
  default String contentHash() {
    ContentHash hash = new ContentHash().text(name()).number(size());
    ByteBuffer one = ByteBuffer.allocate(fields().stream().mapToInt(Field::bytes).sum());
    fields().forEach(field -> hash.text(field.toString()).number(field.bound()));
    for (int i = 0; i < size(); i++) {
      one.clear();
      for (Field field : fields()) {
        read(i, field, one);
      }
      hash.bytes(one.array());
    }
    return hash.hex();
  }

  /** Samples of the same kind that are never trained on, where they are known. */
  default Optional<? extends Dataset> heldOut() {
    return Optional.empty();
  }

  /** The mixture of Gaussians that the samples come from, where it is known; plots show it. */
  default Optional<PointSource> mixture() {
    return Optional.empty();
  }

  /** The files of the first field in index order, where samples are files on disk. */
  default Optional<List<Path>> files() {
    return Optional.empty();
  }

  /**
   * Names of the classes of the field {@code label} by their numbers: {@code 0}, {@code 1}, …
   * unless the data set knows better; empty without labels.
   */
  default List<String> labelNames() {
    return ClassNames.numbers(ClassLabels.classes(this));
  }

  /** For errors: what the samples have in place of class labels. */
  default String unlabelled() {
    return "samples without labels";
  }
}
