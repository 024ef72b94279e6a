package org.sparring.alarms;

/**
 * Raises when a level was at or above one threshold so many times in a row, and clears when it was
 * below a lower one as often: a level that wavers at a threshold does not ring on and on.
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

  /** Takes a reading; whether it changed the state. A level that is no number changes nothing. */
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
