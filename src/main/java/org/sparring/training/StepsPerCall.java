package org.sparring.training;

import org.sparring.errors.TrainingException;

/**
 * How many steps the device runs per call. The weights do not depend on this number; the call
 * overhead and the time during which the device cannot be interrupted do.
 */
public final class StepsPerCall {
  /** Largest number of steps in one call. */
  public static final int LONGEST = 128;

  /**
   * Longest step that is looped: {@value #LONGEST} of them take a quarter of a second, and the
   * overhead of a call is about 5 % of one.
   */
  private static final double LONGEST_WORTH_NANOS = 2e6;

  /** Share of the time of a step that the loop must save to be used. */
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
   * A fixed number of steps.
   *
   * @param steps from 1 to {@link #LONGEST}
   */
  public static StepsPerCall of(int steps) {
    TrainingException.require(
        steps >= 1 && steps <= LONGEST,
        "expected 1 to " + LONGEST + " steps per call, found " + steps);
    return new StepsPerCall(steps, true);
  }

  /**
   * A number found by trials: first some single steps, then, if these are short, some calls of many
   * steps. The larger number is kept if it was faster. The loop has a cost for each op, so a step
   * of very many small ops may be slower in it.
   */
  public static StepsPerCall automatic() {
    return new StepsPerCall(1, false);
  }

  /** Whether every call makes one step. */
  boolean isSingle() {
    return decided && steps == 1;
  }

  /** Number of steps of the next call, unless a listener stops it earlier. */
  int steps() {
    return steps;
  }

  /**
   * Records the time of a call.
   *
   * @param nanos of each of its steps
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
