package org.sparring.games;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What the discriminator said of one batch.
 *
 * @param real logits of the real samples, (batch, 1)
 * @param fake logits of the generated samples, (batch, 1)
 * @param classification cross-entropy of the classes that it sees in the samples, scalar, which
 *     both players minimise; empty where it sees none
 * @param penalty what the discriminator pays beside its loss, scalar; empty where it pays none
 */
public record DiscriminatorOutputs(
    Operand<TFloat32> real,
    Operand<TFloat32> fake,
    Optional<Operand<TFloat32>> classification,
    Optional<Operand<TFloat32>> penalty) {

  /** Of real and fake alone. */
  public DiscriminatorOutputs(Operand<TFloat32> real, Operand<TFloat32> fake) {
    this(real, fake, Optional.empty(), Optional.empty());
  }

  /** The same with a penalty, or without one. */
  public DiscriminatorOutputs with(Optional<Operand<TFloat32>> penalty) {
    return new DiscriminatorOutputs(real, fake, classification, penalty);
  }

  /** The same with a classification, or without one. */
  public DiscriminatorOutputs classifying(Optional<Operand<TFloat32>> classification) {
    return new DiscriminatorOutputs(real, fake, classification, penalty);
  }
}
