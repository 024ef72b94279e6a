package org.sparring.games;

import java.util.List;
import org.tensorflow.op.Op;

/**
 * One step of the game, as built by a rule.
 *
 * @param generator the generator's (last) update
 * @param discriminator the discriminator's (last) update
 * @param losses the generator's loss before its update, and the discriminator's loss before its
 *     (last) update, with the meters of the latter evaluation
 */
public record Move(Player.Step generator, Player.Step discriminator, Losses losses) {

  /** Returns the ops after which both players have been updated. */
  public List<Op> done() {
    return List.of(discriminator.done(), generator.done());
  }
}
