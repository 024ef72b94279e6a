package org.sparring.nets;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What a discriminator says of a batch.
 *
 * @param logits (batch, 1): positive says real, negative forged
 * @param classes unnormalised log-probabilities of the classes it sees, (batch, classes); empty
 *     where it has no auxiliary classifier
 */
public record Judgement(Operand<TFloat32> logits, Optional<Operand<TFloat32>> classes) {

  /** Of real or forged alone. */
  public Judgement(Operand<TFloat32> logits) {
    this(logits, Optional.empty());
  }
}
