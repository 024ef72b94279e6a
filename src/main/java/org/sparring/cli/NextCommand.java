package org.sparring.cli;

import org.sparring.recipes.TaskKeys;
import org.sparring.runs.Outcome;

/** The command that a person may want after a training. */
final class NextCommand {
  private NextCommand() {}

  /** Uses the trained model. */
  static String use(Outcome outcome, TaskKeys task) {
    String run = outcome.run();
    return switch (task.kind()) {
      case SAMPLE -> "sample it:  ./sparring sample " + run + " --n 64 --seed 1 --out samples.png";
      case PAIRED, UNPAIRED ->
          "use it:     ./sparring translate " + run + " --in pictures --out translated" + to(task);
      case RESTORE -> "use it:     ./sparring upscale " + run + " --in pictures --out larger";
    };
  }

  /** A model of both directions must be told which. */
  private static String to(TaskKeys task) {
    return switch (task.direction()) {
      case BOTH, A_TO_B -> " --to b";
      case B_TO_A -> " --to a";
    };
  }
}
