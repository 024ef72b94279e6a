package org.sparring.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What each player minimises, as ops from logits. Where D(x) = σ(logit), every logarithm of a
 * sigmoid is written as a softplus, log σ(a) = −softplus(−a) and log(1 − σ(a)) = −softplus(a),
 * which stays finite where log(sigmoid(a)) does not.
 */
public interface AdversarialLoss {

  /**
   * The discriminator's loss, to be minimised.
   *
   * @param real logits of real samples, (batch, 1)
   * @param fake logits of generated samples, (batch, 1)
   * @return scalar
   */
  Operand<TFloat32> discriminator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake);

  /**
   * The generator's loss, to be minimised; shapes as above. The real logits are read only where
   * {@link #generatorNeedsReal()}.
   */
  Operand<TFloat32> generator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake);

  /**
   * Whether the logit of the optimal discriminator is log p_data(x)/p_g(x). Only then is σ(logit) a
   * probability, and only then do V(D, G) and the Jensen–Shannon estimate made from it mean
   * something.
   */
  default boolean logitIsLogOdds() {
    return false;
  }

  /** Whether the generator's loss depends on the real logits, as relativistic ones do. */
  default boolean generatorNeedsReal() {
    return false;
  }
}
