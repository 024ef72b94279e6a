package org.sparring.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The heuristic, non-saturating loss of Goodfellow et al. 2014 (arXiv 1406.2661, end of section 3;
 * Goodfellow 2016, arXiv 1701.00160, section 3.2.3).
 *
 * <p>Discriminator: −E[log D(x)] − E[log(1 − D(G(z)))]. Generator: −E[log D(G(z))], whose gradient
 * per logit is −(1 − p) with p = σ(logit): strongest where the discriminator recognises the sample.
 *
 * <p>At logits 0 the discriminator's loss is 2·log 2 ≈ 1.386294 and the generator's log 2 ≈
 * 0.693147.
 *
 * @param halved whether the discriminator's loss is multiplied by ½, as in equation 8 of the 2016
 *     tutorial
 * @param smoothing α in [0, 1): the discriminator's target for real samples is 1 − α (one-sided
 *     label smoothing, Salimans et al. 2016, arXiv 1606.03498, section 3.4); the generator's target
 *     stays 1
 */
public record NonSaturating(boolean halved, float smoothing) implements AdversarialLoss {
  public NonSaturating {
    CrossEntropy.requireSmoothing(smoothing);
  }

  public NonSaturating(boolean halved) {
    this(halved, 0);
  }

  public NonSaturating() {
    this(false);
  }

  @Override
  public Operand<TFloat32> discriminator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return CrossEntropy.discriminator(tf, real, fake, halved, smoothing);
  }

  @Override
  public Operand<TFloat32> generator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return CrossEntropy.calledReal(tf, fake);
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
