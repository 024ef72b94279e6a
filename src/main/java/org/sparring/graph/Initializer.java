package org.sparring.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.Qr;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Computes the initial value of a variable: a pure function of its shape, its fans and a seed.
 *
 * <p>The framework's {@code VarianceScaling} is not used: on convolution kernels its standard
 * deviation is wrong by a factor of √channels. The tests compare each initializer here with its
 * closed-form deviation.
 */
@FunctionalInterface
public interface Initializer {

  /**
   * @param shape of the variable
   * @param fans of the layer whose kernel the variable is
   * @param seed key of the random numbers, (2), int64
   * @return values of that shape
   */
  Operand<TFloat32> values(Ops tf, Shape shape, Fans fans, Operand<TInt64> seed);

  /** Returns an initializer whose values are multiplied by {@code gain}. */
  default Initializer times(float gain) {
    return (tf, shape, fans, seed) -> tf.math.mul(values(tf, shape, fans, seed), tf.constant(gain));
  }

  /** Every element is {@code value}. */
  static Initializer constant(float value) {
    return (tf, shape, fans, seed) -> tf.fill(tf.constant(shape.asArray()), tf.constant(value));
  }

  /** N(0, deviation²); DCGAN uses .02 (Radford et al. 2015, section 4). */
  static Initializer normal(float deviation) {
    return (tf, shape, fans, seed) -> scaled(tf, standardNormal(tf, shape, seed), deviation);
  }

  /** N(0, 1 / fan-in): a linear layer keeps its input's variance. */
  static Initializer lecunNormal() {
    return (tf, shape, fans, seed) ->
        scaled(tf, standardNormal(tf, shape, seed), Math.sqrt(1.0 / fans.in()));
  }

  /** N(0, 2 / fan-in), for ReLU layers (He et al. 2015, equation 10). */
  static Initializer heNormal() {
    return (tf, shape, fans, seed) ->
        scaled(tf, standardNormal(tf, shape, seed), Math.sqrt(2.0 / fans.in()));
  }

  /** U(−a, a) with a = √(6 / (fan-in + fan-out)) (Glorot and Bengio 2010, equation 16). */
  static Initializer glorotUniform() {
    return (tf, shape, fans, seed) -> {
      double bound = Math.sqrt(6.0 / (fans.in() + fans.out()));
      var unit = tf.random.statelessRandomUniform(tf.constant(shape.asArray()), seed);
      return tf.math.sub(scaled(tf, unit, 2 * bound), tf.constant((float) bound));
    };
  }

  /**
   * Orthonormal columns (or rows, where there are fewer of them) of the kernel flattened to (rows,
   * last axis), times {@code gain} (Saxe et al. 2013). Each entry has deviation gain / √max(rows,
   * columns).
   */
  static Initializer orthogonal(float gain) {
    return (tf, shape, fans, seed) -> {
      long columns = shape.get(shape.numDimensions() - 1);
      long rows = shape.size() / columns;
      Shape tall = Shape.of(Math.max(rows, columns), Math.min(rows, columns));
      Qr<TFloat32> qr = tf.linalg.qr(standardNormal(tf, tall, seed));
      // the sign of R's diagonal makes the factorisation unique, and so the distribution uniform
      Operand<TFloat32> signs = tf.math.sign(tf.linalg.tensorDiagPart(qr.r()));
      Operand<TFloat32> q = tf.math.mul(qr.q(), signs);
      Operand<TFloat32> matrix =
          rows < columns ? tf.linalg.transpose(q, tf.constant(new int[] {1, 0})) : q;
      return scaled(tf, tf.reshape(matrix, tf.constant(shape.asArray())), gain);
    };
  }

  private static Operand<TFloat32> standardNormal(Ops tf, Shape shape, Operand<TInt64> seed) {
    return tf.random.statelessRandomNormal(tf.constant(shape.asArray()), seed);
  }

  private static Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> values, double factor) {
    return tf.math.mul(values, tf.constant((float) factor));
  }
}
