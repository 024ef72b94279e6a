package org.sparring.listeners;

import org.sparring.training.StepReport;
import org.sparring.training.TrainingListener;

/**
 * Remembers the penalty that was computed last: the steps that are logged may all be steps without
 * one. A checkpoint keeps it, so that a resumed run logs what a run without a pause would log.
 */
public final class LastPenalty implements TrainingListener {
  private double value;

  /**
   * @param value of the steps before; 0 where there was none
   */
  public LastPenalty(double value) {
    this.value = value;
  }

  /** The penalty in d_loss; 0 before the first. */
  double value() {
    return value;
  }

  @Override
  public long nextStop(StepReport last) {
    return NEVER;
  }

  @Override
  public void stepped(StepReport report) {
    if (report.penalty() != 0) {
      value = report.penalty();
    }
  }
}
