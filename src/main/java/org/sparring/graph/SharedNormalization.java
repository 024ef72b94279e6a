package org.sparring.graph;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sparring.errors.GraphException;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.FusedBatchNormGrad;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Batch normalisation by the moments of a minibatch that several devices share. Each device
 * measures its own part; the variance of the whole is E_k[σ_k² + (μ_k − μ)²] (Chan et al. 1979),
 * which does not lose digits as E[x²] − μ² does.
 *
 * <p>Gradient: with r = (σ² + ε)^−½, x̂ = (x − μ)·r, g the upstream gradient and N the places of a
 * channel on all devices, dγ = Σ g·x̂, dβ = Σ g and dx = γr·g − γr/N·(Σ g + x̂·Σ g·x̂). The sums in
 * dx are over all devices, those of dγ and dβ over the device's own part.
 *
 * @param mean μ, (channels)
 * @param variance σ², (channels), biased
 */
public record SharedNormalization(
    Collectives devices, Operand<TFloat32> mean, Operand<TFloat32> variance) {
  /** This gradient's name in {@link Carrier}. */
  static final String GRADIENT = "shared normalization";

  /**
   * Measures all axes but the last.
   *
   * @param x of this device, (…, channels)
   */
  public static SharedNormalization of(Ops tf, Operand<TFloat32> x, Collectives devices) {
    Operand<TInt32> axes = tf.constant(IntStream.range(0, x.shape().numDimensions() - 1).toArray());
    Operand<TFloat32> centre = tf.math.mean(x, axes, Mean.keepDims(true));
    Operand<TFloat32> spread = tf.math.mean(tf.math.squaredDifference(x, centre), axes);
    int channels = Math.toIntExact(spread.shape().get(0));
    Operand<TFloat32> own = tf.reshape(centre, tf.constant(new int[] {channels}));
    // (devices, 2, channels)
    Operand<TFloat32> all = devices.all(tf, tf.stack(List.of(own, spread)));
    List<Output<TFloat32>> parts = tf.unstack(all, 2L, Unstack.axis(1L)).output();
    Operand<TFloat32> mean = tf.math.mean(parts.get(0), tf.constant(0));
    Operand<TFloat32> between = tf.math.squaredDifference(parts.get(0), mean);
    return new SharedNormalization(
        devices, mean, tf.math.mean(tf.math.add(parts.get(1), between), tf.constant(0)));
  }

  /** Returns (x − μ)·γ/√(σ² + ε) + β of ops that can be differentiated any number of times. */
  public Operand<TFloat32> byPlainOps(Ops tf, Operand<TFloat32> x, Affine affine) {
    Operand<TFloat32> root = tf.math.rsqrt(tf.math.add(variance, tf.constant(affine.epsilon)));
    Operand<TFloat32> scaled = tf.math.mul(tf.math.sub(x, mean), tf.math.mul(root, affine.scale));
    return tf.math.add(scaled, affine.offset);
  }

  /**
   * Returns the same, to be differentiated once.
   *
   * @param x (batch, height, width, channels)
   */
  public <T extends TFloating> Operand<T> byFusedOps(Ops tf, Operand<T> x, Affine affine) {
    Operand<T> y = fused(tf, x, affine, mean, variance);
    List<Operand<?>> inputs = List.of(x, affine.scale, affine.offset, mean, variance);
    if (x.shape().size() < 0) {
      throw new GraphException("expected a batch of known size to share, found " + x.shape());
    }
    float places = (float) (x.shape().size() / x.shape().get(3)) * devices.devices();
    return Carrier.of(tf, GRADIENT, y, inputs, affine.epsilon, places, devices.number());
  }

  /** γ, β, (channels) each, and ε. */
  public record Affine(Operand<TFloat32> scale, Operand<TFloat32> offset, float epsilon) {}

  /** Returns the gradients by x, scale and offset. */
  static List<Operand<?>> gradients(Ops tf, GraphOperation carrier, List<Output<?>> upstream) {
    float[] numbers = Carrier.numbers(carrier);
    Collectives devices = Collectives.numbered((int) numbers[2]);
    Operand<TFloating> x = Carrier.floating(carrier.input(1));
    Operand<TFloat32> scale = vector(carrier, 2);
    Operand<TFloat32> mean = vector(carrier, 4);
    Operand<TFloat32> variance = vector(carrier, 5);
    var own =
        tf.nn.fusedBatchNormGrad(
            Carrier.floating(upstream.get(0)),
            x,
            scale,
            mean,
            variance,
            variance,
            FusedBatchNormGrad.epsilon(numbers[0]),
            FusedBatchNormGrad.isTraining(false));
    Operand<TFloat32> sums =
        devices.sumOfFew(tf, tf.stack(List.of(own.scaleBackprop(), own.offsetBackprop())));
    // γr/N of each sum
    Operand<TFloat32> root = tf.math.rsqrt(tf.math.add(variance, tf.constant(numbers[0])));
    Operand<TFloat32> share = tf.math.mul(tf.math.mul(scale, root), tf.constant(1 / numbers[1]));
    List<Output<TFloat32>> terms = tf.unstack(tf.math.mul(sums, share), 2L).output();
    Affine shares = new Affine(terms.get(0), terms.get(1), numbers[0]);
    Operand<TFloating> common = fused(tf, x, shares, mean, variance);
    return Arrays.asList(
        null,
        tf.math.sub(own.xBackprop(), common),
        own.scaleBackprop(),
        own.offsetBackprop(),
        null,
        null);
  }

  private static <T extends TFloating> Operand<T> fused(
      Ops tf, Operand<T> x, Affine affine, Operand<TFloat32> mean, Operand<TFloat32> variance) {
    return tf.nn
        .fusedBatchNorm(
            x,
            affine.scale,
            affine.offset,
            mean,
            variance,
            FusedBatchNorm.isTraining(false),
            FusedBatchNorm.epsilon(affine.epsilon))
        .y();
  }

  private static Operand<TFloat32> vector(GraphOperation carrier, int input) {
    return carrier.input(input).expect(TFloat32.class);
  }
}
