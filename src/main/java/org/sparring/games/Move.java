package org.sparring.games;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

/**
 * One step of the game, as built by a rule.
 *
 * @param generator the generator's (last) move
 * @param discriminator the discriminator's (last) move
 * @param discriminatorLoss scalar, before the (last) discriminator move of the step
 * @param generatorLoss scalar, before the generator's move
 * @param verdict what the discriminator's loss was computed from
 */
public record Move(
    Player.Step generator,
    Player.Step discriminator,
    Operand<TFloat32> discriminatorLoss,
    Operand<TFloat32> generatorLoss,
    DiscriminatorOutputs verdict) {

  /** The ops after which both players have moved. */
  public List<Op> done() {
    return List.of(discriminator.done(), generator.done());
  }
}
