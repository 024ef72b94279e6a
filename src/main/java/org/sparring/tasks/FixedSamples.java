package org.sparring.tasks;

import java.util.Arrays;
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
   * The first samples of a source as constants.
   *
   * @param count at least 1; all where there are fewer
   */
  public Batch batch(Ops tf, String source, int count) {
    Map<String, Values> fields = bySource.get(source);
    TrainingException.require(
        fields != null, "expected fixed samples of " + source + ", found " + bySource.keySet());
    Batch batch = Batch.NONE;
    for (Map.Entry<String, Values> field : fields.entrySet()) {
      batch = batch.with(field.getKey(), first(tf, field.getValue(), count));
    }
    return batch;
  }

  private static Operand<TFloat32> first(Ops tf, Values all, int count) {
    long kept = Math.min(count, all.shape().get(0));
    long[] axes = all.shape().asArray();
    int each = Math.toIntExact(all.shape().size() / axes[0]);
    axes[0] = kept;
    float[] values = Arrays.copyOf(all.values(), Math.toIntExact(kept * each));
    return tf.constant(Shape.of(axes), DataBuffers.of(values));
  }
}
