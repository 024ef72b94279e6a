package org.sparring.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.sparring.errors.DataException;
import org.sparring.pictures.ContentHash;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Limits;

/**
 * Images of one geometry, by index. Safe for use from many threads. Two sources with the same
 * {@link #contentHash()} hold the same images in the same order.
 */
public interface ImageSource extends SampleSource {
  /** The shape of every image. */
  ImageGeometry geometry();

  /**
   * Writes image {@code index} as unsigned 8-bit values, {@code (height, width, channels)}
   * row-major, to {@code into[offset .. offset + geometry().bytes())}.
   *
   * @throws IndexOutOfBoundsException if there is no such image, or no room in {@code into}
   * @throws DataException if the image cannot be read
   */
  void read(int index, byte[] into, int offset);

  /** Refuses an index without an image, and a target without room for one. */
  default void checkRead(int index, byte[] into, int offset) {
    Objects.checkIndex(index, size());
    Objects.checkFromIndexSize(offset, geometry().bytes(), into.length);
  }

  /** The class of image {@code index}, or −1 where the images are unlabelled. */
  int label(int index);

  /** One more than the highest label; 0 where no image has one. */
  default int classes() {
    return IntStream.range(0, size()).map(this::label).max().orElse(-1) + 1;
  }

  /** Names of the classes by their numbers: {@code 0}, {@code 1}, … where they have none. */
  default List<String> labelNames() {
    return ClassNames.numbers(classes());
  }

  /** SHA-256 in hex of the names of the classes and the class of each image. */
  default String labelsHash() {
    ContentHash hash = new ContentHash();
    labelNames().forEach(hash::text);
    IntStream.range(0, size()).forEach(i -> hash.number(label(i)));
    return hash.hex();
  }

  /** Whether the data set has no parts, so that both splits are all its images. */
  default boolean isWhole() {
    return false;
  }

  /** Why the images have no classes, as what was found instead. */
  default String unlabelled() {
    return "images without classes";
  }

  @Override
  default String summary() {
    int classes = classes();
    return size() + " images" + (classes == 0 ? "" : ", " + ClassNames.summary(labelNames()));
  }

  /**
   * All images, {@code (size, height, width, channels)}, read in parallel.
   *
   * @throws DataException if they do not fit one array of 2^31 − 9 bytes
   */
  default byte[] pixels() {
    int each = geometry().bytes();
    byte[] all = new byte[Limits.arrayLength(name(), size(), each)];
    IntStream.range(0, size()).parallel().forEach(i -> read(i, all, i * each));
    return all;
  }

  /** The image files in index order, where each image is one file on disk. */
  default Optional<List<Path>> files() {
    return Optional.empty();
  }
}
