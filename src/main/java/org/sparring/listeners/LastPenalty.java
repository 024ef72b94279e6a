package org.sparring.listeners;

import org.sparring.tasks.Meters;
import org.sparring.training.StepReport;
import org.sparring.training.TrainingListener;

/**
 * Keeps the last penalty, because the logged steps may all be steps without a penalty. A checkpoint
 * stores it, so that a resumed run logs the same values as an uninterrupted one.
 */
public final class LastPenalty implements TrainingListener {
  private double value;

  /**
   * @param value last penalty of the earlier steps; 0 if there was none
   */
  public LastPenalty(double value) {
    this.value = value;
  }

  /** Returns the last penalty in d_loss; 0 before the first. */
  double value() {
    return value;
  }

  @Override
  public long nextStop(StepReport last) {
    return NEVER;
  }

  @Override
  public void stepped(StepReport report) {
    double penalty = report.meter(Meters.PENALTY);
    if (penalty != 0 && !Double.isNaN(penalty)) {
      value = penalty;
    }
  }
}
