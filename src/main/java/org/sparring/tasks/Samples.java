package org.sparring.tasks;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A batch that a game passes to a rule and gets back; the rule does not read it.
 *
 * @param values (batch, sample shape)
 * @param labels class label of each sample, (batch), from 0; empty if the game has no labels
 */
public record Samples(Operand<TFloat32> values, Optional<Operand<TInt32>> labels) {

  /** Samples without classes. */
  public Samples(Operand<TFloat32> values) {
    this(values, Optional.empty());
  }
}
