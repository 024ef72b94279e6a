package org.sparring.games;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A batch on the way from a game through a rule and back: a rule does not look into it.
 *
 * @param values (batch, sample shape)
 * @param labels the class of each, (batch), from 0; empty where the game knows no classes
 */
public record Samples(Operand<TFloat32> values, Optional<Operand<TInt32>> labels) {

  /** Samples without classes. */
  public Samples(Operand<TFloat32> values) {
    this(values, Optional.empty());
  }
}
