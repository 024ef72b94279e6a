package org.sparring.training;

/**
 * What the last step showed. One object serves the whole run, so that a step allocates nothing for
 * it: read it inside the call, do not keep it.
 */
public final class StepReport {
  private final int imagesPerStep;
  private final float[] meters = new float[StepMeters.COUNT];
  private long step;
  private long nanos;
  private boolean atRest = true;

  StepReport(int imagesPerStep) {
    this.imagesPerStep = imagesPerStep;
  }

  /** Number of the step, from 1; steps before a resume are counted. */
  public long step() {
    return step;
  }

  /** Thousands of real samples shown so far. */
  public double kimg() {
    return step * (double) imagesPerStep / 1000;
  }

  /** Real samples that a step shows. */
  public int imagesPerStep() {
    return imagesPerStep;
  }

  /** Wall time of the step in nanoseconds: of steps that were made at once, of each the mean. */
  public long nanos() {
    return nanos;
  }

  /**
   * Whether the run's variables are as this step left them. They are further on in the middle of
   * steps that the device makes at once: see {@link TrainingListener#nextStop}.
   */
  public boolean atRest() {
    return atRest;
  }

  /** The discriminator's loss, its penalty included. */
  public double discriminatorLoss() {
    return meters[StepMeters.DISCRIMINATOR_LOSS];
  }

  /** The generator's loss. */
  public double generatorLoss() {
    return meters[StepMeters.GENERATOR_LOSS];
  }

  /** Mean D(x) = σ(logit) over the real batch, in [0, 1]. */
  public double realScore() {
    return meters[StepMeters.REAL_SCORE];
  }

  /** Mean D(G(z)) = σ(logit) over the generated batch, in [0, 1]. */
  public double fakeScore() {
    return meters[StepMeters.FAKE_SCORE];
  }

  /**
   * V(D, G) = E[log D(x)] + E[log(1 − D(G(z)))] in nats, at most 0 (Goodfellow et al. 2014,
   * equation 1). It means something where the logit is a log-odds.
   */
  public double value() {
    return meters[StepMeters.VALUE];
  }

  /** Share of the real batch with a logit above 0, in [0, 1]. */
  public double realAccuracy() {
    return meters[StepMeters.REAL_ACCURACY];
  }

  /** Share of the generated batch with a logit below 0, in [0, 1]. */
  public double fakeAccuracy() {
    return meters[StepMeters.FAKE_ACCURACY];
  }

  /** What the discriminator paid beside its loss; 0 where it paid nothing. */
  public double penalty() {
    return meters[StepMeters.PENALTY];
  }

  float[] meters() {
    return meters;
  }

  void set(long step, long nanos, boolean atRest) {
    this.step = step;
    this.nanos = nanos;
    this.atRest = atRest;
  }
}
