package org.sparring.training;

import java.util.List;
import org.sparring.errors.TrainingException;

/**
 * The steps of a run, by its phases. All of them have the same meters.
 *
 * @param phases in order, at least one; the last one lasts until the run ends
 */
public record Steps(List<PhaseSteps> phases) {
  public Steps {
    phases = List.copyOf(phases);
    long kinds =
        phases.stream()
            .flatMap(phase -> phase.forms().values().stream())
            .map(Step::names)
            .distinct()
            .count();
    TrainingException.require(
        kinds == 1,
        "expected the same meters in every form of the step, found " + kinds + " kinds");
  }

  /** The phase of step {@code number}, from 1. */
  public PhaseSteps phase(long number) {
    for (PhaseSteps phase : phases) { // a stream would allocate in every call
      if (number <= phase.last()) {
        return phase;
      }
    }
    throw new IndexOutOfBoundsException("no phase has a step " + number);
  }

  /** The ops of step {@code number}, from 1. */
  public Step at(long number) {
    return phase(number).at(number);
  }

  /** The form of the last phase in which the fewest lazy terms are computed. */
  public Step plain() {
    return phases.get(phases.size() - 1).plain();
  }

  /** Names of the meters of every step. */
  public List<String> meters() {
    return plain().names();
  }

  /** Number of values that a step returns: its meters, and the votes of several devices. */
  int width() {
    return Math.toIntExact(plain().meters().shape().get(0));
  }
}
