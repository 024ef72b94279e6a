package org.sparring.alarms;

/**
 * An alarm state with two thresholds. It raises when a level has been at or above one threshold for
 * a number of consecutive readings, and clears when it has been below a lower threshold for the
 * same number. A level that fluctuates around one threshold does not toggle the alarm.
 */
final class Hysteresis {
  private final double raiseAt;
  private final double clearBelow;
  private final int patience;
  private boolean raised;
  private int against;

  Hysteresis(double raiseAt, double clearBelow, int patience) {
    this.raiseAt = raiseAt;
    this.clearBelow = clearBelow;
    this.patience = patience;
  }

  boolean isRaised() {
    return raised;
  }

  /** Takes a reading and returns whether it changed the state. A NaN changes nothing. */
  boolean changes(double level) {
    boolean contrary = raised ? level < clearBelow : level >= raiseAt;
    against = contrary ? against + 1 : 0;
    if (against < patience) {
      return false;
    }
    raised = !raised;
    against = 0;
    return true;
  }
}
