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

  /** What TensorFlow's readers take: the files' common beginning. */
  public Path prefix() {
    return folder.resolve(VARIABLES);
  }

  /** Gives every variable of the session's graph its saved value. */
  public void restore(Session session) {
    try {
      session.restore(prefix().toString());
    } catch (RuntimeException e) { // TensorFlow's have no common class
      throw new CheckpointException(
          "checkpoint " + folder + " does not fit this run or is damaged: " + firstLine(e), e);
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
