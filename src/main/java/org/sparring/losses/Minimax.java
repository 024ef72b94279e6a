package org.sparring.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The saturating zero-sum game of Goodfellow et al. 2014 (arXiv 1406.2661, equation 1): min over G,
 * max over D of V(D, G) = E[log D(x)] + E[log(1 − D(G(z)))].
 *
 * <p>Discriminator: −V. Generator: E[log(1 − D(G(z)))], the part of V that depends on G; the other
 * part has no gradient for the generator and would cost a forward pass over the real batch. The
 * gradient of the generator's loss per logit is −p with p = σ(logit): it vanishes where the
 * discriminator recognises the sample.
 *
 * <p>At logits 0, −V = 2·log 2 ≈ 1.386294 and the generator's loss is −log 2 ≈ −0.693147.
 *
 * @param halved whether both players' losses are multiplied by ½ (Goodfellow 2016, equations 8 and
 *     10); the game stays zero-sum
 * @param smoothing α in [0, 1): the discriminator's target for real samples is 1 − α (one-sided
 *     label smoothing, Salimans et al. 2016, arXiv 1606.03498, section 3.4)
 */
public record Minimax(boolean halved, float smoothing) implements AdversarialLoss {
  public Minimax {
    CrossEntropy.requireSmoothing(smoothing);
  }

  public Minimax(boolean halved) {
    this(halved, 0);
  }

  public Minimax() {
    this(false);
  }

  @Override
  public Operand<TFloat32> discriminator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return CrossEntropy.discriminator(tf, real, fake, halved, smoothing);
  }

  @Override
  public Operand<TFloat32> generator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    Operand<TFloat32> loss = tf.math.neg(CrossEntropy.calledFake(tf, fake));
    return halved ? tf.math.mul(loss, tf.constant(0.5f)) : loss;
  }

  /**
   * With smoothing the optimal discriminator is D = (1 − α)·p_data/(p_data + p_g), so its logit is
   * not a log-odds.
   */
  @Override
  public boolean logitIsLogOdds() {
    return smoothing == 0;
  }

  @Override
  public boolean isMeanOverSamples() {
    return true;
  }
}
