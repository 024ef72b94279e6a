package org.sparring.alarms;

import java.util.Map;

/**
 * What the meters say at one step.
 *
 * @param step number of the step
 * @param values name to value: those of {@code Probe}, and means over the steps since the last
 *     reading of {@code d_real}, {@code d_fake}, {@code value}, {@code d_accuracy_real} and {@code
 *     d_accuracy_fake}
 */
public record Reading(long step, Map<String, Double> values) {

  /** NaN where there is none. */
  public double value(String name) {
    return values.getOrDefault(name, Double.NaN);
  }
}
