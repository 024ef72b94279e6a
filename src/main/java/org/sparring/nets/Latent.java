package org.sparring.nets;

import java.util.List;
import java.util.Locale;
import org.sparring.errors.NetException;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The prior p(z).
 *
 * @param size length of z, at least 1
 * @param distribution of each component
 */
public record Latent(int size, Distribution distribution) {
  /** Radford et al. 2015 draw from the uniform, most later work from the normal. */
  public enum Distribution {
    /** N(0, 1). */
    NORMAL,
    /** U(−1, 1). */
    UNIFORM;

    /** As recipes write it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Latent {
    NetException.require(size >= 1, "latent size must be at least 1, found " + size);
  }

  /**
   * @param count scalar
   * @param seed (2), int64; equal seeds give equal vectors, and fewer are a prefix of more
   * @return (count, size)
   */
  public Operand<TFloat32> sample(Ops tf, Operand<TInt32> count, Operand<TInt64> seed) {
    return shaped(tf, tf.stack(List.of(count, tf.constant(size))), RandomRows.single(seed));
  }

  /** Samples a number of vectors that is known when the graph is built. */
  public Operand<TFloat32> sample(Ops tf, int count, Operand<TInt64> seed) {
    return sample(tf, count, RandomRows.single(seed));
  }

  /**
   * Samples the vectors of a minibatch.
   *
   * @param count vectors of this replica
   * @return (count, size)
   */
  public Operand<TFloat32> sample(Ops tf, int count, RandomRows random) {
    return shaped(tf, tf.constant(new int[] {count, size}), random);
  }

  private Operand<TFloat32> shaped(Ops tf, Operand<TInt32> shape, RandomRows random) {
    if (distribution == Distribution.NORMAL) {
      return random.normal(tf, shape);
    }
    Operand<TFloat32> unit = random.uniform(tf, shape);
    return tf.math.sub(tf.math.mul(unit, tf.constant(2f)), tf.constant(1f));
  }
}
