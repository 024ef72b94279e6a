package org.sparring.training;

import org.sparring.errors.TrainingException;

/**
 * How many steps the device runs per call. The weights do not depend on this number; the call
 * overhead and the time during which the device cannot be interrupted do.
 */
public final class StepsPerCall {
  /** The most steps of a run. */
  public static final int LONGEST = 128;

  /** A run of the longest then takes a quarter of a second, and a call is some 5 % of a step. */
  private static final double LONGEST_WORTH_NANOS = 2e6;

  /** What the loop must save of a step to be kept. */
  private static final double WORTH = 0.05;

  private static final int BLOCK = 16;
  private static final int BLOCKS = 3;
  private static final int RUNS = 5;

  private int steps;
  private boolean decided;
  private int made;
  private double sum;
  private double single = Double.POSITIVE_INFINITY;
  private double looped = Double.POSITIVE_INFINITY;

  private StepsPerCall(int steps, boolean decided) {
    this.steps = steps;
    this.decided = decided;
  }

  /**
   * Always the same.
   *
   * @param steps from 1 to {@link #LONGEST}
   */
  public static StepsPerCall of(int steps) {
    TrainingException.require(
        steps >= 1 && steps <= LONGEST,
        "a run must be of 1 to " + LONGEST + " steps, found " + steps);
    return new StepsPerCall(steps, true);
  }

  /**
   * As trials teach: some steps one by one, and where these are short some runs of many at once,
   * which go on if they were faster. A loop keeps account of each op, so that a step of very many
   * small ones may be slower in it.
   */
  public static StepsPerCall automatic() {
    return new StepsPerCall(1, false);
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
    if (decided) {
      return;
    }
    if (steps == 1) {
      alone(nanos);
    } else if (count > 1) {
      together(nanos);
    }
  }

  /**
   * The first block builds kernels. Of the others the faster one counts, because another process
   * may slow either.
   */
  private void alone(long nanos) {
    made++;
    sum += nanos;
    if (made % BLOCK == 0) {
      single = made == BLOCK ? single : Math.min(single, sum / BLOCK);
      sum = 0;
    }
    if (made == BLOCKS * BLOCK) {
      decided = single > LONGEST_WORTH_NANOS;
      steps = decided ? 1 : LONGEST;
      made = 0;
    }
  }

  /** The first run builds kernels; of the others the fastest counts. */
  private void together(long nanos) {
    made++;
    looped = made == 1 ? looped : Math.min(looped, nanos);
    if (made == RUNS) {
      decided = true;
      steps = looped <= (1 - WORTH) * single ? LONGEST : 1;
    }
  }
}
