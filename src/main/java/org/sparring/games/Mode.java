package org.sparring.games;

/**
 * The purpose of an evaluation of the losses, which determines the included terms and the updated
 * statistics.
 */
public enum Mode {
  /**
   * The discriminator's update. Its loss includes the penalties that are due, and the running
   * statistics of both players are updated.
   */
  UPDATE(true, true),
  /**
   * A further update that the rule computes without applying it: includes the penalties that are
   * due; running statistics are not updated.
   */
  LOOK_AHEAD(true, false),
  /**
   * The generator's update: without the discriminator's penalties; the discriminator's running
   * statistics are not updated.
   */
  GENERATOR_UPDATE(false, false);

  private final boolean penalized;
  private final boolean recording;

  Mode(boolean penalized, boolean recording) {
    this.penalized = penalized;
    this.recording = recording;
  }

  /** Returns whether the discriminator's loss includes its penalties. */
  public boolean isPenalized() {
    return penalized;
  }

  /** Returns whether the discriminator's running statistics are updated. */
  public boolean isRecording() {
    return recording;
  }
}
