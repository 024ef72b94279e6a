package org.sparring.batches;

import org.sparring.errors.TrainingException;
import org.sparring.graph.Batch;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/** The real samples of a step, from one data set. */
public interface RealSamples extends AutoCloseable {

  /** Number of samples in the data set. */
  long size();

  /**
   * Returns the minibatch that begins at a position of the run. The minibatches of a step are
   * requested in the order of their positions.
   *
   * @param position scalar, from 0
   * @return the fields by their names, the sample first, each (batch, field shape): images in [−1,
   *     1], classes and tokens as int32
   */
  Batch batch(Ops tf, Operand<TInt64> position);

  /** Called before the step is built in another form; a run executes only one of the forms. */
  default void anotherForm() {}

  /** Called once, when the variables have their values and before the first step. */
  void load(Session session);

  /**
   * Checks that {@link #load} was called; a training loop calls this before its first step.
   *
   * @throws TrainingException if the samples need loading and were not loaded
   */
  default void requireLoaded() {}

  /** Ends the work that {@link #load} started. To be called before the session is closed. */
  @Override
  default void close() {}

  /**
   * The exception to throw where a step could not run: a data set that is read while training may
   * know the file.
   *
   * @param failure TensorFlow's
   */
  default RuntimeException explained(RuntimeException failure) {
    return failure;
  }
}
