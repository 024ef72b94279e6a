package org.sparring.batches;

import org.sparring.errors.TrainingException;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** The source of the real samples of a step. */
public interface RealSamples extends AutoCloseable {

  /** Samples in the data set. */
  long size();

  /**
   * Returns the minibatch that begins at a position of the run. The minibatches of a step are
   * requested in the order of their positions.
   *
   * @param position scalar, from 0
   * @return (batch, height, width, channels) in [−1, 1], or (batch, 2) of points
   */
  Operand<TFloat32> batch(Ops tf, Operand<TInt64> position);

  /**
   * Returns the classes of the minibatch that begins at a position.
   *
   * @param position scalar, from 0
   * @return (batch), from 0
   * @throws TrainingException if the samples have none
   */
  default Operand<TInt32> labels(Ops tf, Operand<TInt64> position) {
    throw new TrainingException("expected samples with classes, found samples without");
  }

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

  /** Ends what {@link #load} started. To be called before the session is closed. */
  @Override
  default void close() {}

  /**
   * What to throw where a step could not run: a data set that is read while training may know the
   * file.
   *
   * @param failure TensorFlow's
   */
  default RuntimeException explained(RuntimeException failure) {
    return failure;
  }
}
