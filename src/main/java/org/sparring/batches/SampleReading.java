package org.sparring.batches;

import java.util.List;
import java.util.stream.Stream;
import org.sparring.data.Dataset;
import org.sparring.data.Field;
import org.sparring.errors.TrainingException;

/**
 * Which samples a run reads: the fields of a data set, their order, and the size of a minibatch.
 *
 * @param source name of the data set in the graph
 * @param dataset may be read from many threads
 * @param others names of the fields that are read besides the first
 * @param order in which samples are shown
 * @param batch samples in a minibatch, at least 1
 */
public record SampleReading(
    String source, Dataset dataset, List<String> others, SampleOrder order, int batch) {
  /** Name of the only data set of a run. */
  public static final String DATA = "data";

  public SampleReading {
    others = List.copyOf(others);
    TrainingException.require(batch >= 1, "batch must be at least 1, found " + batch);
  }

  /** All fields of the only data set of a run. */
  public static SampleReading of(Dataset dataset, SampleOrder order, int batch) {
    List<String> others = dataset.fields().stream().skip(1).map(Field::name).toList();
    return new SampleReading(DATA, dataset, others, order, batch);
  }

  /** The fields that are read, the first of the data set first. */
  List<StoredField> fields() {
    List<Field> fields =
        Stream.concat(Stream.of(dataset.sample()), others.stream().map(dataset::field))
            .distinct()
            .toList();
    fields.forEach(field -> StoredField.requireComplete(dataset, field));
    return fields.stream().map(StoredField::new).toList();
  }
}
