package org.sparring.training;

/**
 * Whatever is not training: progress, scalars, samples, checkpoints. Called on the loop's thread.
 */
public interface TrainingListener {

  /**
   * Before the first step of this process.
   *
   * @param done steps done before, 0 unless resumed
   */
  default void started(long done) {}

  /** After each step, when its losses are known to be finite. */
  default void stepped(StepReport report) {}

  /** After the last step of this process, also when it was interrupted or diverged. */
  default void ended(StepReport report, Ending ending) {}

  /** How a run ended. */
  enum Ending {
    /** All steps are done. */
    COMPLETED,
    /** It was asked to stop. */
    INTERRUPTED,
    /** An alarm sounded that was to stop it. */
    ALARMED,
    /** A loss or a weight was not finite. */
    DIVERGED,
    /** Anything else went wrong. */
    FAILED
  }
}
