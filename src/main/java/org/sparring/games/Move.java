package org.sparring.games;

import java.util.List;
import org.tensorflow.op.Op;

/**
 * One step of the game, as built by a rule.
 *
 * @param generator the generator's (last) update
 * @param discriminator the discriminator's (last) update
 * @param losses of the generator before its update, and of the discriminator before its (last) one,
 *     with the meters of the latter
 */
public record Move(Player.Step generator, Player.Step discriminator, Losses losses) {

  /** The ops after which both players have moved. */
  public List<Op> done() {
    return List.of(discriminator.done(), generator.done());
  }
}
