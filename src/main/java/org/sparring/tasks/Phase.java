package org.sparring.tasks;

import org.sparring.errors.TrainingException;

/**
 * A part of a run with its own losses, such as the pretraining of a generator.
 *
 * @param name in lower case; a task has no two phases of one name
 * @param steps how long the phase lasts; the last phase of a task lasts until the run ends
 * @param generatorAlone whether only the generator moves, so that the discriminator keeps its
 *     initial weights
 */
public record Phase(String name, long steps, boolean generatorAlone) {
  /** The only phase of most tasks. */
  public static final Phase WHOLE = new Phase("whole", Long.MAX_VALUE, false);

  public Phase {
    TrainingException.require(
        steps >= 1, "phase " + name + " must last at least 1 step, found " + steps);
  }
}
