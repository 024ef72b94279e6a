package org.sparring.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * The values between layers: float32, or bfloat16 in a mixed-precision pass ({@link Bfloat16}).
 * Their static type is {@code TFloating}, because the pass determines which of the two types is
 * used.
 */
public final class Activations {
  private Activations() {}

  /** Converts the input of a network to the type that the pass uses. */
  static Operand<TFloating> entering(Ops tf, Operand<TFloat32> x, Pass pass) {
    return pass.isMixed() ? floating(tf.dtypes.cast(x, TBfloat16.class)) : floating(x);
  }

  /** Converts activations to float32. */
  @SuppressWarnings("unchecked") // isFull has checked the type
  static Operand<TFloat32> full(Ops tf, Operand<TFloating> x) {
    return isFull(x) ? (Operand<TFloat32>) (Operand<?>) x : tf.dtypes.cast(x, TFloat32.class);
  }

  /** Converts a value to the type of the activations, because weights are stored in float32. */
  public static Operand<TFloating> like(Ops tf, Operand<TFloat32> value, Operand<TFloating> x) {
    return isFull(x) ? floating(value) : floating(tf.dtypes.cast(value, TBfloat16.class));
  }

  /** Returns a factor of a product, rounded to bfloat16 if the pass multiplies rounded factors. */
  static Operand<TFloating> factor(Ops tf, Operand<TFloating> x, Pass pass) {
    return pass.rounds()
        ? floating(tf.dtypes.cast(tf.dtypes.cast(x, TBfloat16.class), TFloat32.class))
        : x;
  }

  /** Casts the static type to {@code TFloating}; safe because an operand only produces values. */
  @SuppressWarnings("unchecked")
  public static Operand<TFloating> floating(Operand<? extends TFloating> x) {
    return (Operand<TFloating>) x;
  }

  static boolean isFull(Operand<TFloating> x) {
    return x.asOutput().dataType() == DataType.DT_FLOAT;
  }
}
