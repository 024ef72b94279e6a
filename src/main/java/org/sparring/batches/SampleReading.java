package org.sparring.batches;

import java.util.List;
import java.util.stream.Stream;
import org.sparring.data.Dataset;
import org.sparring.data.Field;
import org.sparring.errors.TrainingException;
import org.sparring.replicas.Replica;

/**
 * Which samples a run reads: the fields of a data set, their order, and the size of a minibatch.
 *
 * @param source name of the data set in the graph
 * @param dataset may be read from many threads
 * @param others names of the fields that are read besides the first
 * @param order in which samples are shown
 * @param batch samples of a minibatch on this device, at least 1
 * @param replica the device whose samples are read
 */
public record SampleReading(
    String source,
    Dataset dataset,
    List<String> others,
    SampleOrder order,
    int batch,
    Replica replica) {
  /** Name of the only data set of a run. */
  public static final String DATA = "data";

  public SampleReading {
    others = List.copyOf(others);
    TrainingException.require(batch >= 1, "batch must be at least 1, found " + batch);
  }

  /** The samples of a run on a single device. */
  public SampleReading(
      String source, Dataset dataset, List<String> others, SampleOrder order, int batch) {
    this(source, dataset, others, order, batch, Replica.SINGLE);
  }

  /** All fields of the only data set of a run. */
  public static SampleReading of(Dataset dataset, SampleOrder order, int batch) {
    List<String> others = dataset.fields().stream().skip(1).map(Field::name).toList();
    return new SampleReading(DATA, dataset, others, order, batch);
  }

  /**
   * Returns the position in the run of one of this device's samples.
   *
   * @param own number of samples that this device has read before it
   */
  long position(long own) {
    return replica.offset(own / batch, batch) + own % batch;
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
