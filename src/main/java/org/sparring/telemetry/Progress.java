package org.sparring.telemetry;

import java.util.Locale;

/**
 * Where a run stands.
 *
 * @param step steps done
 * @param steps steps in all
 * @param kimg thousands of real images shown
 * @param imagesPerSecond real images a second, lately
 * @param discriminatorLoss of the last step told
 * @param generatorLoss of the last step told
 * @param realScore D(x): mean probability the discriminator gives real images
 * @param fakeScore D(G(z)): mean probability it gives forged ones
 */
public record Progress(
    long step,
    long steps,
    double kimg,
    double imagesPerSecond,
    double discriminatorLoss,
    double generatorLoss,
    double realScore,
    double fakeScore) {
  public Progress {
    Failure.require(step >= 0, "A run's step must be at least 0", step);
    Failure.require(steps >= step, "A run's steps must be at least its step " + step, steps);
  }

  /** The figures beside the step: throughput, losses and scores. */
  String figures() {
    return SignedZero.dropped(
        String.format(
            Locale.ROOT,
            "%.1f kimg  %.0f images/s  d_loss %.3f  g_loss %.3f  D(x) %.2f  D(G(z)) %.2f",
            kimg,
            imagesPerSecond,
            discriminatorLoss,
            generatorLoss,
            realScore,
            fakeScore));
  }
}
