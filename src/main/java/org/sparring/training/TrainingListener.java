package org.sparring.training;

import java.util.Optional;

/** Work besides training: progress, scalars, samples, checkpoints. Called on the loop's thread. */
public interface TrainingListener {
  /** No step at all. */
  long NEVER = Long.MAX_VALUE;

  /**
   * Before the first step of this process.
   *
   * @param done steps done before, 0 unless resumed
   */
  default void started(long done) {}

  /**
   * Returns the next step after which this listener reads the run's variables or other state that
   * must match that step. The device stops there. Between two stops it may run many steps in one
   * call; the listener then receives the reports of all of them after the call.
   *
   * @param last report of the last step; step 0 before the first
   * @return a number greater than the last step's, or {@link #NEVER} if the reports are enough
   */
  default long nextStop(StepReport last) {
    return last.step() + 1;
  }

  /** The next multiple of {@code every} after a step; {@link #NEVER} where that is 0. */
  static long nextMultiple(long step, long every) {
    return every == 0 ? NEVER : (step / every + 1) * every;
  }

  /** After each step, when its losses are known to be finite. */
  default void stepped(StepReport report) {}

  /**
   * Asked after {@link #stepped} whenever the device stops: how this listener wants the run to end
   * now, or empty to go on. Early stopping returns {@link Ending#STOPPED_EARLY}. The first listener
   * that is not empty decides.
   */
  default Optional<Ending> ending() {
    return Optional.empty();
  }

  /** After the last step of this process, also when it was interrupted or diverged. */
  default void ended(StepReport report, Ending ending) {}

  /** How a run ended. */
  enum Ending {
    /** All steps are done. */
    COMPLETED,
    /** It was asked to stop. */
    INTERRUPTED,
    /** A listener found that further training is of no use. */
    STOPPED_EARLY,
    /** An alarm was raised at which the run was to stop. */
    ALARMED,
    /** A loss or a weight was not finite. */
    DIVERGED,
    /** Anything else went wrong. */
    FAILED;

    /** Returns whether the run ended as intended: at its last step, or by an early stop. */
    public boolean isSuccess() {
      return this == COMPLETED || this == STOPPED_EARLY;
    }
  }
}
