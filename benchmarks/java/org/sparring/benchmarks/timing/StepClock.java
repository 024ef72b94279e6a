package org.sparring.benchmarks.timing;

import java.util.Arrays;
import java.util.function.Supplier;

/** Collects the times of steps, and the losses of the last. */
public final class StepClock {
  private double[] times = new double[64];
  private int count;
  private Losses last = new Losses(Double.NaN, Double.NaN);
  private boolean finite = true;

  /** The losses of a step. */
  public record Losses(double discriminator, double generator) {
    boolean areFinite() {
      return Double.isFinite(discriminator) && Double.isFinite(generator);
    }
  }

  /** Times one step, which must be finished when {@code step} returns. */
  public void time(Supplier<Losses> step) {
    long start = System.nanoTime();
    Losses losses = step.get();
    took(System.nanoTime() - start, losses);
  }

  /** Records a step that was timed elsewhere. */
  public void took(long nanos, Losses losses) {
    if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count);
    }
    times[count++] = nanos / 1e6;
    last = losses;
    finite &= losses.areFinite();
  }

  /** Returns the milliseconds of each step, in order. */
  public double[] milliseconds() {
    return Arrays.copyOf(times, count);
  }

  /** Returns the losses of the last step. */
  public Losses last() {
    return last;
  }

  /** Returns whether every loss was finite. */
  public boolean finite() {
    return finite;
  }
}
