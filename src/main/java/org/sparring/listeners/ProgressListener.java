package org.sparring.listeners;

import org.sparring.tasks.Meters;
import org.sparring.telemetry.Progress;
import org.sparring.telemetry.ProgressDisplay;
import org.sparring.training.StepReport;
import org.sparring.training.TrainingListener;

/** Shows the progress of a run. */
public final class ProgressListener implements TrainingListener {
  private final ProgressDisplay display;
  private final long steps;
  private final long alone;
  private long shownStep;
  private long shownAt;

  /**
   * @param alone number of first steps in which the generator is trained alone
   */
  public ProgressListener(ProgressDisplay display, long steps, long alone) {
    this.display = display;
    this.steps = steps;
    this.alone = alone;
  }

  @Override
  public void started(long done) {
    shownStep = done;
    shownAt = System.nanoTime();
  }

  @Override
  public long nextStop(StepReport last) {
    return NEVER;
  }

  @Override
  public void stepped(StepReport report) {
    if (display.due() || report.step() == steps) {
      display.update(progress(report));
    }
  }

  @Override
  public void ended(StepReport report, Ending ending) {
    display.close();
  }

  private Progress progress(StepReport report) {
    long now = System.nanoTime();
    double images = (report.step() - shownStep) * (double) report.imagesPerStep();
    double imagesPerSecond = images * 1e9 / Math.max(1, now - shownAt);
    shownStep = report.step();
    shownAt = now;
    return new Progress(
        report.step(),
        steps,
        report.kimg(),
        imagesPerSecond,
        report.discriminatorLoss(),
        report.generatorLoss(),
        report.meter(Meters.REAL_SCORE),
        report.meter(Meters.FAKE_SCORE),
        report.step() <= alone);
  }
}
