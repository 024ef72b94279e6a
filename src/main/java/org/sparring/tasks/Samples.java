package org.sparring.tasks;

import org.sparring.graph.Batch;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Samples of a minibatch, real or generated, and what they were made from.
 *
 * @param values (batch, sample shape)
 * @param conditions such as the class label of each sample; empty for an unconditional pair
 */
public record Samples(Operand<TFloat32> values, Batch conditions) {

  /** Samples of an unconditional pair. */
  public Samples(Operand<TFloat32> values) {
    this(values, Batch.NONE);
  }
}
