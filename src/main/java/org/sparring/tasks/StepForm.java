package org.sparring.tasks;

import java.util.Set;

/**
 * What distinguishes a step from the others of a run.
 *
 * @param phase that the run is in
 * @param due lazy terms that are computed
 */
public record StepForm(Phase phase, Set<String> due) {
  public StepForm {
    due = Set.copyOf(due);
  }

  /** The step of a task with one phase. */
  public static StepForm of(Set<String> due) {
    return new StepForm(Phase.WHOLE, due);
  }
}
