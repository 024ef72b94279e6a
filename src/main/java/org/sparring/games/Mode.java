package org.sparring.games;

/** Why a rule evaluates the losses: it decides which terms are included and what is updated. */
public enum Mode {
  /**
   * The discriminator's update. Its loss includes the penalties that are due, and running
   * statistics of both players move.
   */
  UPDATE(true, true),
  /** A later update that the rule only computes: penalties that are due, statistics stay. */
  LOOK_AHEAD(true, false),
  /** The generator's update: without the discriminator's penalties, statistics of D stay. */
  GENERATOR_UPDATE(false, false);

  private final boolean penalized;
  private final boolean recording;

  Mode(boolean penalized, boolean recording) {
    this.penalized = penalized;
    this.recording = recording;
  }

  /** Whether the discriminator's loss includes its penalties. */
  public boolean isPenalized() {
    return penalized;
  }

  /** Whether the discriminator's running statistics move. */
  public boolean isRecording() {
    return recording;
  }
}
