package org.sparring.training;

/**
 * How many steps the device makes at once. The weights do not depend on it; what does is how much
 * of the time goes into calls, and how long the device cannot be asked anything.
 */
public final class Pace {
  /** The most steps of a run. */
  public static final int LONGEST = 128;

  /** A run of the longest then takes a quarter of a second. */
  private static final long SHORT_STEP_NANOS = 2_000_000;

  private static final int TRIED = 16;

  private int steps;
  private int tried;
  private long shortest = Long.MAX_VALUE;

  private Pace(int steps, int tried) {
    this.steps = steps;
    this.tried = tried;
  }

  /**
   * Always the same.
   *
   * @param steps from 1 to {@link #LONGEST}
   */
  public static Pace of(int steps) {
    TrainingException.require(
        steps >= 1 && steps <= LONGEST,
        "a run must be of 1 to " + LONGEST + " steps, found " + steps);
    return new Pace(steps, TRIED);
  }

  /**
   * As the first steps teach: {@link #LONGEST} where a step is so short that its call weighs
   * something, 1 elsewhere.
   */
  public static Pace automatic() {
    return new Pace(1, 0);
  }

  /** Of the next run, unless something stops it before. */
  int steps() {
    return steps;
  }

  /**
   * What a run took.
   *
   * @param nanos each step of it
   */
  void took(int count, long nanos) {
    if (tried == TRIED) {
      return;
    }
    tried++;
    // the first steps build kernels, and a neighbour can slow any: the shortest is the step's own
    shortest = Math.min(shortest, nanos);
    if (tried == TRIED && shortest <= SHORT_STEP_NANOS) {
      steps = LONGEST;
    }
  }
}
