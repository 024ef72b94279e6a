package org.sparring.layers;

import java.util.List;
import java.util.stream.IntStream;
import org.sparring.replicas.Exchange;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Moments of a minibatch that several devices share, per channel. Each device measures its own
 * part; the variance of the whole is E_k[σ_k² + (μ_k − μ)²] (Chan et al. 1979), which does not lose
 * digits as E[x²] − μ² does.
 *
 * @param mean μ, (channels)
 * @param variance σ², (channels), biased
 */
record SharedMoments(Operand<TFloat32> mean, Operand<TFloat32> variance) {

  /**
   * Measures all axes but the last.
   *
   * @param x of this device, (…, channels)
   */
  static SharedMoments of(Ops tf, Operand<TFloat32> x, Exchange exchange) {
    Operand<TInt32> axes = tf.constant(axes(x));
    Operand<TFloat32> centre = tf.math.mean(x, axes, Mean.keepDims(true));
    Operand<TFloat32> spread = tf.math.mean(tf.math.square(tf.math.sub(x, centre)), axes);
    int channels = Math.toIntExact(spread.shape().get(0));
    Operand<TFloat32> own = tf.reshape(centre, tf.constant(new int[] {channels}));
    // (devices, 2, channels)
    Operand<TFloat32> all = exchange.all(tf, tf.stack(List.of(own, spread)));
    var parts = tf.unstack(all, 2L, Unstack.axis(1L)).output();
    Operand<TFloat32> means = parts.get(0);
    Operand<TFloat32> variances = parts.get(1);
    Operand<TFloat32> mean = tf.math.mean(means, tf.constant(0));
    Operand<TFloat32> between = tf.math.square(tf.math.sub(means, mean));
    return new SharedMoments(mean, tf.math.mean(tf.math.add(variances, between), tf.constant(0)));
  }

  private static int[] axes(Operand<TFloat32> x) {
    return IntStream.range(0, x.shape().numDimensions() - 1).toArray();
  }

  /** Returns (x − μ)·γ/√(σ² + ε) + β, of the shape of x. */
  Operand<TFloat32> normalized(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> gamma, Operand<TFloat32> beta, float epsilon) {
    Operand<TFloat32> root = tf.math.rsqrt(tf.math.add(variance, tf.constant(epsilon)));
    Operand<TFloat32> centred = tf.math.sub(x, mean);
    return tf.math.add(tf.math.mul(centred, tf.math.mul(root, gamma)), beta);
  }
}
