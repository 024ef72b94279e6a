package org.sparring.replicas;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Random numbers for the samples of a minibatch, one row for each sample. Several devices draw the
 * numbers of the whole minibatch, and each takes the rows of its own part: together they use the
 * numbers that a single device would use.
 *
 * @param key of the random numbers, (2) int64
 * @param replica whose rows are taken
 */
public record RandomRows(Operand<TInt64> key, Replica replica) {
  /** Random numbers of a run on a single device. */
  public static RandomRows single(Operand<TInt64> key) {
    return new RandomRows(key, Replica.SINGLE);
  }

  /**
   * Returns values from N(0, 1).
   *
   * @param shape (rows of this replica, …)
   */
  public Operand<TFloat32> normal(Ops tf, Operand<TInt32> shape) {
    return own(tf, tf.random.statelessRandomNormal(whole(tf, shape), key), shape);
  }

  /**
   * Returns values from U(0, 1).
   *
   * @param shape (rows of this replica, …)
   */
  public Operand<TFloat32> uniform(Ops tf, Operand<TInt32> shape) {
    return own(tf, tf.random.statelessRandomUniform(whole(tf, shape), key), shape);
  }

  private Operand<TInt32> whole(Ops tf, Operand<TInt32> shape) {
    return replica.isSingle() ? shape : scaled(tf, shape, replica.count(), 1);
  }

  private Operand<TFloat32> own(Ops tf, Operand<TFloat32> all, Operand<TInt32> shape) {
    return replica.isSingle() ? all : tf.slice(all, scaled(tf, shape, replica.rank(), 0), shape);
  }

  /** Multiplies the number of rows by one factor, and the other axes by another. */
  private static Operand<TInt32> scaled(Ops tf, Operand<TInt32> shape, int rows, int others) {
    int[] factors = new int[Math.toIntExact(shape.shape().get(0))];
    Arrays.fill(factors, others);
    factors[0] = rows;
    return tf.math.mul(shape, tf.constant(factors));
  }
}
