package org.sparring.optimizers;

import java.util.List;
import java.util.Optional;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.Host;
import org.sparring.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Adam (Kingma and Ba 2015, arXiv 1412.6980), in the form at the end of section 2: θ ← θ −
 * α·√(1−β₂ᵗ)/(1−β₁ᵗ) · m/(√v + ε̂).
 *
 * <p>With α = 2e-4, β₁ = .5, β₂ = .999, ε̂ = 1e-8 and a constant gradient of 1, every step is −2e-4
 * to seven digits.
 *
 * <p>The powers of the decays are computed from the number of updates. TensorFlow's own Adam keeps
 * them as variables and updates these without a defined order, which makes the first steps
 * non-deterministic.
 *
 * @param rate α as a function of the number of updates
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon ε̂, positive; added to the root of the uncorrected second moment
 */
public record Adam(LearningRate rate, float beta1, float beta2, float epsilon)
    implements Optimizer {
  /** The learning rate of DCGAN; the default β₁ is DCGAN's too, the other defaults are Adam's. */
  public static final float DEFAULT_LEARNING_RATE = 2e-4f;

  public static final float DEFAULT_BETA1 = 0.5f;
  public static final float DEFAULT_BETA2 = 0.999f;
  public static final float DEFAULT_EPSILON = 1e-8f;

  /**
   * Lower bound for v: √v has no derivative at 0, and v is 0 for a weight that has not received a
   * gradient yet.
   */
  private static final float SMALLEST_SQUARE = 1e-30f;

  public Adam {
    OptimizerException.require(beta1 >= 0 && beta1 < 1, "beta1 must lie in [0, 1), found " + beta1);
    OptimizerException.require(beta2 >= 0 && beta2 < 1, "beta2 must lie in [0, 1), found " + beta2);
    OptimizerException.require(epsilon > 0, "epsilon must be positive, found " + epsilon);
  }

  @Override
  public List<String> slots() {
    return List.of("m", "v");
  }

  @Override
  public Update at(Ops tf, Operand<TInt64> updates) {
    Ops host = Host.of(tf); // where the number of updates is
    Operand<TFloat32> t =
        host.dtypes.cast(host.math.add(updates, host.constant(1L)), TFloat32.class);
    return new AtUpdate(
        rate.at(tf, updates),
        tf.constant(beta1),
        tf.constant(beta2),
        tf.constant(epsilon),
        host.math.pow(host.constant(beta1), t),
        host.math.pow(host.constant(beta2), t));
  }

  /**
   * @param power1 β₁ᵗ
   * @param power2 β₂ᵗ
   */
  private record AtUpdate(
      Operand<TFloat32> rate,
      Operand<TFloat32> beta1,
      Operand<TFloat32> beta2,
      Operand<TFloat32> epsilon,
      Operand<TFloat32> power1,
      Operand<TFloat32> power2)
      implements Update {

    @Override
    public Change of(Ops tf, Operand<TFloat32> gradient, List<Operand<TFloat32>> slots) {
      Operand<TFloat32> m = moved(tf, slots.get(0), gradient, beta1);
      Operand<TFloat32> v = moved(tf, slots.get(1), tf.math.square(gradient), beta2);
      return new Change(descent(tf, m, v), List.of(m, v));
    }

    @Override
    public Optional<Operand<TFloat32>> descent(Ops tf, List<Operand<TFloat32>> slots) {
      return Optional.of(descent(tf, slots.get(0), slots.get(1)));
    }

    private Operand<TFloat32> descent(Ops tf, Operand<TFloat32> m, Operand<TFloat32> v) {
      Operand<TFloat32> root = tf.math.sqrt(tf.math.maximum(v, tf.constant(SMALLEST_SQUARE)));
      Operand<TFloat32> direction = tf.math.div(m, tf.math.add(root, epsilon));
      return tf.math.mul(correctedRate(tf), direction);
    }

    @Override
    public Op apply(
        Ops tf,
        Variable<TFloat32> variable,
        List<Variable<TFloat32>> slots,
        Operand<TFloat32> gradient) {
      return tf.train.resourceApplyAdam(
          variable.handle(),
          slots.get(0).handle(),
          slots.get(1).handle(),
          power1,
          power2,
          rate,
          beta1,
          beta2,
          epsilon,
          gradient);
    }

    /** Returns α·√(1−β₂ᵗ)/(1−β₁ᵗ), scalar. */
    private Operand<TFloat32> correctedRate(Ops tf) {
      Ops host = Host.of(tf);
      Operand<TFloat32> one = host.constant(1f);
      Operand<TFloat32> root = host.math.sqrt(host.math.sub(one, power2));
      return tf.math.mul(rate, host.math.div(root, host.math.sub(one, power1)));
    }

    /** Returns moment + (1 − decay)(value − moment). */
    private static Operand<TFloat32> moved(
        Ops tf, Operand<TFloat32> moment, Operand<TFloat32> value, Operand<TFloat32> decay) {
      Operand<TFloat32> share = tf.math.sub(tf.constant(1f), decay);
      return tf.math.add(moment, tf.math.mul(share, tf.math.sub(value, moment)));
    }
  }
}
