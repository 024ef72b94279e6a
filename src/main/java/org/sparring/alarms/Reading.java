package org.sparring.alarms;

import java.util.Map;

/**
 * The measured values of one step.
 *
 * @param step number of the step
 * @param values values by name: everything that {@code Probe} measures; of {@code d_real}, {@code
 *     d_fake}, {@code value}, {@code d_accuracy_real} and {@code d_accuracy_fake} the means over
 *     the steps since the last reading
 */
public record Reading(long step, Map<String, Double> values) {

  /** Returns the value called {@code name}; NaN if there is none. */
  public double value(String name) {
    return values.getOrDefault(name, Double.NaN);
  }
}
