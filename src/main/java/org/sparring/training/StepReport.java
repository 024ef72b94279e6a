package org.sparring.training;

import java.util.List;

/**
 * The meters of the last step. The whole run reuses one object, so that a step allocates nothing
 * for it: read it inside the call, do not keep it.
 */
public final class StepReport {
  static final String DISCRIMINATOR_LOSS = "d_loss";
  static final String GENERATOR_LOSS = "g_loss";

  private final int imagesPerStep;
  private final List<String> names;
  private final float[] values;
  private long step;
  private long nanos;
  private boolean atRest = true;

  StepReport(int imagesPerStep, List<String> names) {
    this.imagesPerStep = imagesPerStep;
    this.names = names;
    values = new float[names.size()];
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

  /** Wall time of the step in nanoseconds; for several steps in one call, their mean. */
  public long nanos() {
    return nanos;
  }

  /**
   * Returns whether the run's variables are in the state after this step. If the device ran several
   * steps in one call, only the call's last step matches the variables: see {@link
   * TrainingListener#nextStop}.
   */
  public boolean atRest() {
    return atRest;
  }

  /** The discriminator's loss, its penalty included. */
  public double discriminatorLoss() {
    return values[0];
  }

  /** The generator's loss. */
  public double generatorLoss() {
    return values[1];
  }

  /** Names of the meters that the task gives, and of both losses. */
  public List<String> meters() {
    return names;
  }

  /**
   * Returns a meter of the step.
   *
   * @param name one of {@link #meters()}, such as {@link org.sparring.tasks.Meters#REAL_SCORE}
   * @return NaN where the task has no such meter
   */
  public double meter(String name) {
    int index = names.indexOf(name);
    return index < 0 ? Double.NaN : values[index];
  }

  /**
   * A meter of the step by its place in {@link #meters()}: nothing is searched or allocated.
   *
   * @param index from 0
   */
  public double meter(int index) {
    return values[index];
  }

  float[] values() {
    return values;
  }

  void set(long step, long nanos, boolean atRest) {
    this.step = step;
    this.nanos = nanos;
    this.atRest = atRest;
  }
}
