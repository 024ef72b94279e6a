package org.sparring.tasks;

import org.sparring.errors.TrainingException;

/**
 * The fixed samples that a run is measured on.
 *
 * @param reals of the training data, count · sample size values, at least two samples
 * @param heldOut the same number of samples that are never trained on; empty if the data has only
 *     one part
 * @param labels labels of the real samples, (count); read only if the pair is conditional
 * @param heldOutLabels labels of the held-out samples
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ProbeSet(float[] reals, float[] heldOut, int[] labels, int[] heldOutLabels) {
  private static final int[] NONE = {};

  /** No samples. */
  public static final ProbeSet EMPTY = new ProbeSet(new float[0], new float[0]);

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
