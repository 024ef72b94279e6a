package org.sparring.training;

/**
 * What the last step showed. One object serves the whole run, so that a step allocates nothing for
 * it: read it inside the call, do not keep it.
 */
public final class StepReport {
  private final int imagesPerStep;
  private long step;
  private long nanos;
  private final float[] meters = new float[4];

  StepReport(int imagesPerStep) {
    this.imagesPerStep = imagesPerStep;
  }

  /** Number of the step, from 1; steps before a resume are counted. */
  public long step() {
    return step;
  }

  /** Thousands of real images shown so far. */
  public double kimg() {
    return step * (double) imagesPerStep / 1000;
  }

  /** Real images that a step shows. */
  public int imagesPerStep() {
    return imagesPerStep;
  }

  /** Wall time of the step in nanoseconds. */
  public long nanos() {
    return nanos;
  }

  /** The discriminator's loss. */
  public double discriminatorLoss() {
    return meters[0];
  }

  /** The generator's loss. */
  public double generatorLoss() {
    return meters[1];
  }

  /** Mean D(x) over the real batch, in [0, 1]. */
  public double realScore() {
    return meters[2];
  }

  /** Mean D(G(z)) over the generated batch, in [0, 1]. */
  public double fakeScore() {
    return meters[3];
  }

  float[] meters() {
    return meters;
  }

  void set(long step, long nanos) {
    this.step = step;
    this.nanos = nanos;
  }
}
