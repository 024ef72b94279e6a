package org.sparring.telemetry;

import java.util.Locale;

/**
 * The progress of a run.
 *
 * @param step number of completed steps
 * @param steps total number of steps
 * @param kimg thousands of real images shown
 * @param imagesPerSecond recent throughput in real images per second
 * @param discriminatorLoss of the last logged step
 * @param generatorLoss of the last logged step
 * @param realScore D(x): mean probability that the discriminator assigns to real images
 * @param fakeScore D(G(z)): mean probability that it assigns to generated ones
 * @param generatorAlone whether the generator is trained without a discriminator: the
 *     discriminator's figures are then not shown
 */
public record Progress(
    long step,
    long steps,
    double kimg,
    double imagesPerSecond,
    double discriminatorLoss,
    double generatorLoss,
    double realScore,
    double fakeScore,
    boolean generatorAlone) {
  public Progress {
    Failure.require(step >= 0, "A run's step must be at least 0", step);
    Failure.require(steps >= step, "A run's steps must be at least its step " + step, steps);
  }

  /** Returns the figures shown next to the step: throughput, losses and scores. */
  String figures() {
    if (generatorAlone) {
      return String.format(
          Locale.ROOT,
          "%.1f kimg  %.0f images/s  g_loss %.3f",
          kimg,
          imagesPerSecond,
          generatorLoss);
    }
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
