package org.sparring.runs;

import java.util.Arrays;
import org.sparring.training.StepReport;
import org.sparring.training.TrainingListener;

/** Collects the step durations and the final losses of this process. */
final class RunSummary implements TrainingListener {
  private static final int KEPT = 10_000;
  private static final double NANOS_PER_SECOND = 1e9;

  private final double[] milliseconds = new double[KEPT];
  private long counted = -1; // the first step builds kernels, so its duration is not counted
  private long loopStart;
  private long loopEnd;
  private long first;
  private double firstStepSeconds;
  private double discriminatorLoss;
  private double generatorLoss;
  private double images;
  private long last;

  @Override
  public void started(long done) {
    first = done;
    loopStart = System.nanoTime();
  }

  @Override
  public long nextStop(StepReport last) {
    return NEVER;
  }

  @Override
  public void stepped(StepReport report) {
    if (counted < 0) {
      firstStepSeconds = sinceJvmStart();
    } else {
      milliseconds[(int) (counted % KEPT)] = report.nanos() / 1e6;
    }
    counted++;
    discriminatorLoss = report.discriminatorLoss();
    generatorLoss = report.generatorLoss();
  }

  @Override
  public void ended(StepReport report, Ending ending) {
    loopEnd = System.nanoTime();
    last = report.step();
    images = (report.step() - first) * (double) report.imagesPerStep();
  }

  /** Returns the median step duration in milliseconds; 0 before the second step. */
  double median() {
    double[] sorted = Arrays.copyOf(milliseconds, (int) Math.max(0, Math.min(counted, KEPT)));
    Arrays.sort(sorted);
    int n = sorted.length;
    return n == 0 ? 0 : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /** Returns the number of steps of the run at its end. */
  long lastStep() {
    return last;
  }

  /** Returns the loss of the last step; null without a step. */
  Double discriminatorLoss() {
    return counted < 0 ? null : discriminatorLoss;
  }

  /** Returns the loss of the last step; null without a step. */
  Double generatorLoss() {
    return counted < 0 ? null : generatorLoss;
  }

  Outcome.Timing timing(double seconds) {
    double loop = (loopEnd - loopStart) / NANOS_PER_SECOND;
    return new Outcome.Timing(seconds, firstStepSeconds, loop > 0 ? images / loop : 0, median());
  }

  private static double sinceJvmStart() {
    return ProcessHandle.current()
        .info()
        .startInstant()
        .map(start -> (System.currentTimeMillis() - start.toEpochMilli()) / 1000.0)
        .orElse(0.0);
  }
}
