package org.sparring.training;

import org.sparring.errors.TrainingException;

/**
 * The fixed samples that a run is measured on.
 *
 * @param reals of the training data, count · sample size values, at least two samples
 * @param heldOut as many that are never trained on; empty where the data has only one part
 * @param labels classes of the reals, count; read only where the pair is conditional
 * @param heldOutLabels classes of what is held out
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ProbeSet(float[] reals, float[] heldOut, int[] labels, int[] heldOutLabels) {
  private static final int[] NONE = {};

  public ProbeSet {
    TrainingException.require(
        heldOut.length == 0 || heldOut.length == reals.length,
        "held-out samples must be as many values as the reals, "
            + reals.length
            + ", or none, found "
            + heldOut.length);
  }

  /** Samples without classes. */
  public ProbeSet(float[] reals, float[] heldOut) {
    this(reals, heldOut, NONE, NONE);
  }

  boolean holdsOut() {
    return heldOut.length > 0;
  }
}
