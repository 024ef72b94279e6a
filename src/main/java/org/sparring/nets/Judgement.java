package org.sparring.nets;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The outputs of a discriminator for a batch.
 *
 * @param logits (batch, 1): positive for real, negative for generated
 * @param classes unnormalised log-probabilities of the predicted classes, (batch, classes); empty
 *     without an auxiliary classifier
 */
public record Judgement(Operand<TFloat32> logits, Optional<Operand<TFloat32>> classes) {

  /** Creates the outputs of a discriminator without an auxiliary classifier. */
  public Judgement(Operand<TFloat32> logits) {
    this(logits, Optional.empty());
  }
}
