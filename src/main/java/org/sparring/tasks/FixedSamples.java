package org.sparring.tasks;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparring.errors.TrainingException;
import org.sparring.graph.Batch;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Real samples on which a run is shown and measured, always the same. They are never trained on,
 * where the data has such samples.
 *
 * @param bySource the fields of each source by their names, equally many samples of each
 */
public record FixedSamples(Map<String, Map<String, Values>> bySource) {
  /** No samples. */
  public static final FixedSamples NONE = new FixedSamples(Map.of());

  /**
   * The values of one field.
   *
   * @param shape (samples, field shape)
   * @param values row-major; images in [−1, 1]
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Values(Shape shape, float[] values) {
    public Values {
      TrainingException.require(
          shape.size() == values.length,
          "expected " + shape.size() + " values of " + shape + ", found " + values.length);
    }
  }

  public FixedSamples {
    Map<String, Map<String, Values>> copies = new LinkedHashMap<>();
    bySource.forEach(
        (source, fields) ->
            copies.put(source, Collections.unmodifiableMap(new LinkedHashMap<>(fields))));
    bySource = Collections.unmodifiableMap(copies);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return bySource.isEmpty();
  }

  /**
   * Samples of a source as constants, spread evenly over all.
   *
   * @param count at least 1; all where there are fewer
   */
  public Batch batch(Ops tf, String source, int count) {
    Map<String, Values> fields = bySource.get(source);
    TrainingException.require(
        fields != null, "expected fixed samples of " + source + ", found " + bySource.keySet());
    Batch batch = Batch.NONE;
    for (Map.Entry<String, Values> field : fields.entrySet()) {
      batch = batch.with(field.getKey(), spread(tf, field.getValue(), count));
    }
    return batch;
  }

  /** Samples are often sorted, so that the first ones would be alike. */
  private static Operand<TFloat32> spread(Ops tf, Values all, int count) {
    long[] axes = all.shape().asArray();
    int size = Math.toIntExact(axes[0]);
    int kept = Math.min(count, size);
    int each = all.values().length / size;
    float[] values = new float[kept * each];
    for (int i = 0; i < kept; i++) {
      int from = (int) ((long) i * size / kept);
      System.arraycopy(all.values(), from * each, values, i * each, each);
    }
    axes[0] = kept;
    return tf.constant(Shape.of(axes), DataBuffers.of(values));
  }
}
