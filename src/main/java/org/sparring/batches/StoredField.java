package org.sparring.batches;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.sparring.data.Dataset;
import org.sparring.data.Encoding;
import org.sparring.data.Field;
import org.sparring.errors.TrainingException;
import org.sparring.graph.Batch;
import org.sparring.graph.Host;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * A field of a data set as TensorFlow stores it: uint8, float32 or int32.
 *
 * @param field of the data set
 */
record StoredField(Field field) {

  /**
   * Refuses a field of class numbers that lacks the class of a sample, which data sets write as −1.
   */
  static void requireComplete(Dataset dataset, Field field) {
    if (field.encoding() == Encoding.CLASS) {
      IntBuffer classes = dataset.readAll(field).asIntBuffer();
      boolean complete = IntStream.range(0, classes.limit()).allMatch(i -> classes.get(i) >= 0);
      TrainingException.require(
          complete,
          "expected a class for each sample of " + dataset.name() + ", found some without");
    }
  }

  String name() {
    return field.name();
  }

  /** Real numbers may lie on a GPU; whole numbers lie in host memory, where kernels read them. */
  Ops where(Ops tf) {
    return field.encoding().isReal() ? tf : Host.of(tf);
  }

  Class<? extends TType> type() {
    return switch (field.encoding()) {
      case UINT8 -> TUint8.class;
      case FLOAT32 -> TFloat32.class;
      case CLASS, TOKEN, LENGTH -> TInt32.class;
    };
  }

  /** The shape of several samples: (count, values of a sample). */
  Shape rows(long count) {
    return Shape.of(count, field.values());
  }

  /**
   * Copies samples into a tensor of shape {@link #rows}.
   *
   * @param bytes of whole samples, from position 0
   */
  TType tensor(long count, ByteBuffer bytes) {
    return switch (field.encoding()) {
      case UINT8 -> TUint8.tensorOf(rows(count), DataBuffers.of(bytes.array(), true, false));
      case FLOAT32 -> TFloat32.tensorOf(rows(count), DataBuffers.of(bytes.asFloatBuffer()));
      case CLASS, TOKEN, LENGTH ->
          TInt32.tensorOf(rows(count), DataBuffers.of(bytes.asIntBuffer()));
    };
  }

  /**
   * Returns stored samples as networks see them, (count, field shape): bytes in [−1, 1], other
   * numbers unchanged.
   *
   * @param stored of shape {@link #rows}
   */
  Operand<? extends TType> decoded(Ops tf, Operand<? extends TType> stored, int count) {
    Ops there = where(tf);
    Operand<? extends TType> values =
        field.encoding() == Encoding.UINT8
            ? signed(tf, stored.asOutput().expect(TUint8.class))
            : stored;
    int[] shape = new int[1 + field.shape().size()];
    shape[0] = count;
    for (int axis = 1; axis < shape.length; axis++) {
      shape[axis] = field.shape().get(axis - 1);
    }
    return shape.length == 2 ? values : there.reshape(values, there.constant(shape));
  }

  /** 0 … 255 → [−1, 1]; 0 is −1 and 255 is 1. */
  private static Operand<TFloat32> signed(Ops tf, Operand<TUint8> pixels) {
    Operand<TFloat32> values = tf.dtypes.cast(pixels, TFloat32.class);
    return tf.math.sub(tf.math.mul(values, tf.constant(2f / 255f)), tf.constant(1f));
  }

  /** Several decoded fields. */
  static Batch batch(
      Ops tf, List<StoredField> fields, List<Operand<? extends TType>> stored, int count) {
    Batch batch = Batch.NONE;
    for (int i = 0; i < fields.size(); i++) {
      batch = batch.with(fields.get(i).name(), fields.get(i).decoded(tf, stored.get(i), count));
    }
    return batch;
  }
}
