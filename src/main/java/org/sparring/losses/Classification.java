package org.sparring.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The term of an auxiliary classifier, L_C of Odena et al. 2017 (arXiv 1610.09585, equation 3) with
 * the sign of a loss: −E[log p(c|x)] over real samples and over generated ones. The paper's
 * discriminator maximises L_S + L_C and its generator L_C − L_S, so both minimise this.
 */
public final class Classification {
  private static final int[] CLASSES = {1};

  private Classification() {}

  /**
   * −E[log p(c|x)] in nats; for a classifier that guesses uniformly it is the log of the number of
   * classes.
   *
   * @param logits unnormalised log-probabilities, (batch, classes)
   * @param labels c, (batch), from 0
   * @return scalar
   */
  public static Operand<TFloat32> of(Ops tf, Operand<TFloat32> logits, Operand<TInt32> labels) {
    int classes = Math.toIntExact(logits.shape().get(1));
    Operand<TFloat32> chosen =
        tf.oneHot(labels, tf.constant(classes), tf.constant(1f), tf.constant(0f));
    Operand<TFloat32> likelihoods =
        tf.sum(tf.math.mul(chosen, tf.nn.logSoftmax(logits)), tf.constant(CLASSES)); // (batch)
    return tf.math.neg(tf.math.mean(likelihoods, tf.constant(0)));
  }
}
