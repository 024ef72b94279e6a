package org.sparring.tasks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** The meters of a step whose discriminator gives one logit a sample: a few ops on (batch, 1). */
public final class Meters {
  /** Mean D(x) = σ(logit) over the real minibatch, in [0, 1]. */
  public static final String REAL_SCORE = "d_real";

  /** Mean D(G(z)) = σ(logit) over the generated minibatch, in [0, 1]. */
  public static final String FAKE_SCORE = "d_fake";

  /**
   * V(D, G) = E[log D(x)] + E[log(1 − D(G(z)))] in nats, at most 0 (Goodfellow et al. 2014,
   * equation 1). It is meaningful if the logit is a log-odds.
   */
  public static final String VALUE = "value";

  /** Share of the real minibatch with a logit above 0, in [0, 1]. */
  public static final String REAL_ACCURACY = "d_accuracy_real";

  /** Share of the generated minibatch with a logit below 0, in [0, 1]. */
  public static final String FAKE_ACCURACY = "d_accuracy_fake";

  /** The penalty in the discriminator's loss; 0 where it was not computed. */
  public static final String PENALTY = "d_penalty";

  /** E[sign D(x)] over the real minibatch, in [−1, 1]. */
  static final String REAL_SIGN = "d_sign_real";

  private static final int[] BATCH = {0, 1};

  private Meters() {}

  /**
   * The meters by their names.
   *
   * @param real logits of real samples, (batch, 1)
   * @param fake logits of generated samples, (batch, 1)
   * @param penalty scalar, where there is one
   */
  public static Map<String, Operand<TFloat32>> of(
      Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake, Optional<Operand<TFloat32>> penalty) {
    Operand<TFloat32> zero = tf.constant(0f);
    Map<String, Operand<TFloat32>> meters = new LinkedHashMap<>();
    meters.put(REAL_SCORE, mean(tf, tf.math.sigmoid(real)));
    meters.put(FAKE_SCORE, mean(tf, tf.math.sigmoid(fake)));
    meters.put(VALUE, value(tf, real, fake));
    meters.put(REAL_ACCURACY, share(tf, tf.math.greater(real, zero)));
    meters.put(FAKE_ACCURACY, share(tf, tf.math.less(fake, zero)));
    meters.put(PENALTY, penalty.orElse(zero));
    return meters;
  }

  /** V = E[log D(x)] + E[log(1 − D(G(z)))], scalar. */
  static Operand<TFloat32> value(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    Operand<TFloat32> calledReal = mean(tf, tf.math.softplus(tf.math.neg(real)));
    return tf.math.neg(tf.math.add(calledReal, mean(tf, tf.math.softplus(fake))));
  }

  /** Share of (batch, 1) that holds, in [0, 1]. */
  static Operand<TFloat32> share(Ops tf, Operand<TBool> holds) {
    return mean(tf, tf.dtypes.cast(holds, TFloat32.class));
  }

  /** Mean sign of (batch, 1), in [−1, 1]. */
  static Operand<TFloat32> sign(Ops tf, Operand<TFloat32> logits) {
    return mean(tf, tf.math.sign(logits));
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> values) {
    return tf.math.mean(values, tf.constant(BATCH));
  }
}
