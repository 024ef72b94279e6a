package org.sparring.checkpoints;

import java.nio.file.Path;
import org.sparring.errors.CheckpointException;
import org.tensorflow.Session;

/**
 * One checkpoint on disk.
 *
 * @param folder for example {@code checkpoints/step-00000040}
 * @param manifest its description
 */
public record Checkpoint(Path folder, Manifest manifest) {
  static final String VARIABLES = "variables";

  /** Returns the common prefix of the variable files, as TensorFlow's readers expect it. */
  public Path prefix() {
    return folder.resolve(VARIABLES);
  }

  /** Assigns every variable of the session's graph its saved value. */
  public void restore(Session session) {
    try {
      session.restore(prefix().toString());
    } catch (RuntimeException e) { // TensorFlow's exceptions have no common class
      throw new CheckpointException(
          "checkpoint " + folder + " does not fit this run or is damaged: " + firstLine(e), e);
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
