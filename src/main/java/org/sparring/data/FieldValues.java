package org.sparring.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.sparring.pictures.Limits;

/**
 * The values of a real field as networks see them: bytes 0 … 255 → [−1, 1], float32 unchanged.
 *
 * @param dataset that is read
 * @param field of encoding UINT8 or FLOAT32
 */
public record FieldValues(Dataset dataset, Field field) {
  public FieldValues {
    Limits.require(
        field.encoding().isReal(), dataset.name(), "a field of real numbers", field.toString());
  }

  /** The first field of a data set. */
  public static FieldValues ofSamples(Dataset dataset) {
    return new FieldValues(dataset, dataset.sample());
  }

  /**
   * Returns {@code count} samples, (count, field shape), spread evenly over the data set, because
   * some data sets are sorted: sample {@code i} is that of index ⌊i·size/count⌋.
   *
   * @param count at least 1; the size of the data set for all samples in order
   */
  public float[] spread(int count) {
    int each = field.values();
    float[] values = new float[Limits.arrayLength(dataset.name(), count, each)];
    for (int i = 0; i < count; i++) {
      read(place(i, count), values, i * each);
    }
    return values;
  }

  /** Reads one sample to a place in an array. */
  public void read(int index, float[] into, int offset) {
    ByteBuffer bytes = ByteBuffer.allocate(field.bytes()).order(ByteOrder.nativeOrder());
    dataset.read(index, field, bytes);
    bytes.flip();
    if (field.encoding() == Encoding.UINT8) {
      for (int k = 0; k < field.values(); k++) {
        into[offset + k] = (bytes.get(k) & 0xff) * (2f / 255f) - 1;
      }
    } else {
      FloatBuffer floats = bytes.asFloatBuffer();
      floats.get(into, offset, field.values());
    }
  }

  /**
   * The class labels of the samples that {@link #spread} returns, (count); −1 for each without
   * labels.
   */
  public int[] spreadLabels(int count) {
    int[] all = ClassLabels.of(dataset).map(ClassLabels::values).orElse(null);
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = all == null ? -1 : all[place(i, count)];
    }
    return labels;
  }

  private int place(int i, int count) {
    return (int) ((long) i * dataset.size() / count);
  }
}
