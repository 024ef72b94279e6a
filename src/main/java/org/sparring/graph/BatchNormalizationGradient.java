package org.sparring.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.sparring.errors.GraphException;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.FusedBatchNormGrad;
import org.tensorflow.types.TFloat32;

/**
 * The gradient of FusedBatchNormGradV3(g, x, γ, …) = (dx, dγ, dβ).
 *
 * <p>Per channel, with E the mean over all other axes, N their size, r = (var x + ε)^−½ and x̂ = (x
 * − Ex)·r, let P v = v − Ev − x̂·E[v·x̂]. Then dx = γr·Pg, dγ = Σ g·x̂ and dβ = Σ g. Of the
 * upstream gradients a, b, c of these three, S = γr⟨a, Pg⟩ + b·Σ g·x̂ + c·Σ g is to be
 * differentiated.
 *
 * <ul>
 *   <li>P is symmetric, so ∂S/∂g = γr·Pa + b·x̂ + c.
 *   <li>∂S/∂γ = r⟨a, Pg⟩.
 *   <li>x enters through r and x̂. ∂r/∂x = −r²x̂/N gives −γr²x̂·E[a·Pg]. With ⟨a, Pg⟩ = Σ ag −
 *       N·Ea·Eg − N·E[a·x̂]·E[g·x̂], the derivative by x̂ is h = b·g − γr(a·E[g·x̂] + g·E[a·x̂]),
 *       and a derivative by x̂ becomes one by x through r·P. So ∂S/∂x = r·Ph − γr²x̂·E[a·Pg].
 * </ul>
 *
 * <p>With running moments, which count as constants, dx = γr·g: ∂S/∂g = γr·a + b·x̂ + c, ∂S/∂γ =
 * r⟨a, g⟩, ∂S/∂x = b·r·g.
 */
final class BatchNormalizationGradient {
  private static final int[] BATCH = {0, 1, 2};
  private static final int INPUTS = 6;

  private final Ops tf;
  private final boolean training;
  private final Operand<TFloat32> g;
  private final Operand<TFloat32> gamma;
  private final Operand<TFloat32> root;
  private final Operand<TFloat32> normalized;

  private BatchNormalizationGradient(Ops tf, FusedBatchNormGrad.Inputs<TFloat32, TFloat32> in) {
    if (!in.dataFormat.equals("NHWC")) {
      throw new GraphException(
          "batch normalisation is differentiated twice in NHWC only, found " + in.dataFormat);
    }
    this.tf = tf;
    training = in.isTraining;
    g = in.yBackprop;
    gamma = in.scale;
    Operand<TFloat32> mean = training ? mean(in.x) : in.reserveSpace1;
    Operand<TFloat32> centred = tf.math.sub(in.x, mean);
    Operand<TFloat32> variance = training ? mean(tf.math.square(centred)) : in.reserveSpace2;
    root = tf.math.rsqrt(tf.math.add(variance, tf.constant(in.epsilon)));
    normalized = tf.math.mul(centred, root);
  }

  static List<Operand<?>> of(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    var gradient =
        new BatchNormalizationGradient(tf, new FusedBatchNormGrad.Inputs<TFloat32, TFloat32>(op));
    Operand<TFloat32> a = orNone(upstream.get(0));
    Operand<TFloat32> b = orNone(upstream.get(1));
    Operand<TFloat32> c = orNone(upstream.get(2));
    Operand<?>[] byInput = new Operand<?>[INPUTS];
    byInput[0] = gradient.byUpstream(a, b, c);
    byInput[1] = gradient.byX(a, b);
    byInput[2] = a == null ? null : gradient.byScale(a);
    return Arrays.asList(byInput);
  }

  /** γr·Pa + b·x̂ + c. */
  private Operand<TFloat32> byUpstream(
      Operand<TFloat32> a, Operand<TFloat32> b, Operand<TFloat32> c) {
    return sum(
        a == null ? null : product(gamma, root, projected(a)),
        b == null ? null : product(b, normalized),
        c == null ? null : tf.math.add(tf.zerosLike(g), c));
  }

  /** r·Ph − γr²x̂·E[a·Pg]. */
  private Operand<TFloat32> byX(Operand<TFloat32> a, Operand<TFloat32> b) {
    Operand<TFloat32> direct = b == null ? null : product(b, g);
    if (a == null || !training) {
      return direct == null ? null : product(root, projected(direct));
    }
    Operand<TFloat32> crossed = sum(product(a, along(g)), product(g, along(a)));
    Operand<TFloat32> h = sum(direct, tf.math.neg(product(gamma, root, crossed)));
    Operand<TFloat32> common = mean(product(a, projected(g)));
    Operand<TFloat32> throughRoot = product(gamma, tf.math.square(root), normalized, common);
    return tf.math.sub(product(root, projected(h)), throughRoot);
  }

  /** Σ r·a·Pg. */
  private Operand<TFloat32> byScale(Operand<TFloat32> a) {
    return tf.sum(product(a, root, projected(g)), tf.constant(BATCH));
  }

  /** Returns P v; with running moments, v itself. */
  private Operand<TFloat32> projected(Operand<TFloat32> v) {
    if (!training) {
      return v;
    }
    Operand<TFloat32> centred = tf.math.sub(v, mean(v));
    return tf.math.sub(centred, product(normalized, along(v)));
  }

  /** E[v·x̂], (1, 1, 1, channels). */
  private Operand<TFloat32> along(Operand<TFloat32> v) {
    return mean(product(v, normalized));
  }

  private Operand<TFloat32> mean(Operand<TFloat32> v) {
    return tf.math.mean(v, tf.constant(BATCH), Mean.keepDims(true));
  }

  @SafeVarargs
  private Operand<TFloat32> product(Operand<TFloat32> first, Operand<TFloat32>... others) {
    return Stream.of(others).reduce(first, tf.math::mul);
  }

  /** Returns the sum of the non-null terms; null if all are null. */
  @SafeVarargs
  private Operand<TFloat32> sum(Operand<TFloat32>... terms) {
    return Stream.of(terms).filter(Objects::nonNull).reduce(tf.math::add).orElse(null);
  }

  /**
   * Returns an upstream gradient, or null if the output is not used: C++ then passes an output
   * without an operation.
   */
  private static Operand<TFloat32> orNone(Output<?> output) {
    return output.index() < 0 ? null : output.expect(TFloat32.class);
  }
}
