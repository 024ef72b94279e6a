package org.sparring.inference;

import org.sparring.nets.Latent;
import org.sparring.nets.Latent.Distribution;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Moves latent vectors towards the centre of their prior: fewer poor samples, less variety (Brock
 * et al. 2019, arXiv 1809.11096, section 3.1).
 *
 * <p>Brock resamples components beyond a threshold ψ; here each component keeps its quantile and is
 * mapped to the truncated normal, z′ = Φ⁻¹(Φ(−ψ) + Φ(z)(Φ(ψ) − Φ(−ψ))). The distribution is the
 * same, and a seed's image changes smoothly with ψ. A uniform prior is scaled by ψ.
 */
final class Truncation {
  private static final float ROOT_HALF = (float) Math.sqrt(0.5);

  private Truncation() {}

  /**
   * @param z (n, latent)
   * @param threshold ψ, scalar; with 0 or less, z is unchanged
   */
  static Operand<TFloat32> apply(
      Ops tf, Latent latent, Operand<TFloat32> z, Operand<TFloat32> threshold) {
    Operand<TFloat32> truncated =
        latent.distribution() == Distribution.NORMAL
            ? quantileMapped(tf, z, threshold)
            : tf.math.mul(z, threshold);
    return tf.select(tf.math.greater(threshold, tf.constant(0f)), truncated, z);
  }

  private static Operand<TFloat32> quantileMapped(
      Ops tf, Operand<TFloat32> z, Operand<TFloat32> threshold) {
    Operand<TFloat32> low = cumulative(tf, tf.math.neg(threshold));
    Operand<TFloat32> mass = tf.math.sub(cumulative(tf, threshold), low);
    Operand<TFloat32> quantile = tf.math.add(low, tf.math.mul(cumulative(tf, z), mass));
    // float32 knows no quantile beyond 5.4 deviations: Φ is 0 or 1 there, and Φ⁻¹ infinite
    return tf.clipByValue(tf.math.ndtri(quantile), tf.math.neg(threshold), threshold);
  }

  /** Φ. */
  private static Operand<TFloat32> cumulative(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> erf = tf.math.erf(tf.math.mul(x, tf.constant(ROOT_HALF)));
    return tf.math.mul(tf.constant(0.5f), tf.math.add(tf.constant(1f), erf));
  }
}
