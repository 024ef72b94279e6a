package org.sparring.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The losses that the discriminator and the generator minimise, as ops on logits. Where D(x) =
 * σ(logit), every logarithm of a sigmoid is written as a softplus, log σ(a) = −softplus(−a) and
 * log(1 − σ(a)) = −softplus(a), which stays finite where log(sigmoid(a)) does not.
 */
public interface AdversarialLoss {

  /**
   * Returns the discriminator's loss, to be minimised.
   *
   * @param real logits of real samples, (batch, 1)
   * @param fake logits of generated samples, (batch, 1)
   * @return scalar
   */
  Operand<TFloat32> discriminator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake);

  /**
   * Returns the generator's loss, to be minimised; shapes as above. {@code real} is read only if
   * {@link #generatorNeedsReal()}.
   */
  Operand<TFloat32> generator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake);

  /**
   * Returns whether the logit of the optimal discriminator is log p_data(x)/p_g(x). Only then is
   * σ(logit) a probability, and only then are V(D, G) and the Jensen–Shannon estimate derived from
   * it meaningful.
   */
  default boolean logitIsLogOdds() {
    return false;
  }

  /**
   * Returns whether the generator's loss depends on the logits of real samples, as relativistic
   * losses do.
   */
  default boolean generatorNeedsReal() {
    return false;
  }

  /**
   * Returns whether both losses are means over the samples of a minibatch, each term a function of
   * one real and one generated logit at the same index. Several devices then compute the loss of
   * their own samples and average it; otherwise each of them is given the logits of all.
   */
  default boolean isMeanOverSamples() {
    return false;
  }
}
