package org.sparring.games;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Lookahead-minimax (Chavdarova et al. 2021, arXiv 2006.14567, algorithm 1): after every k steps of
 * another rule both players are set back to ω̃ + α(ω − ω̃), where ω̃ are the weights after the
 * previous such reset, and continue from there.
 *
 * <p>On the bilinear game the k steps of the inner rule multiply by some λᵏ; a round of lookahead
 * multiplies by 1 − α + αλᵏ.
 *
 * @param inner rule of the k steps between two resets
 * @param steps k, at least 2
 * @param share α, in (0, 1]
 */
public record Lookahead(GameRule inner, int steps, float share) implements GameRule {
  private static final String SLOW = "slow";

  public Lookahead {
    OptimizerException.require(
        steps >= 2, "lookahead must make at least 2 steps a round, found " + steps);
    OptimizerException.require(
        share > 0 && share <= 1, "lookahead's share must lie in (0, 1], found " + share);
  }

  @Override
  public Move step(Ops tf, Game game) {
    Move move = inner.step(tf, game);
    // interpolate after both updates, because the generator's step reads the updated discriminator
    Ops then = tf.withControlDependencies(move.done());
    // the generator makes the same number of updates in every step of a rule
    Operand<TBool> due = due(then, game.generator(), move);
    return new Move(
        back(then, game.generator(), move.generator(), due),
        back(then, game.discriminator(), move.discriminator(), due),
        move.losses());
  }

  @Override
  public int draws() {
    return inner.draws();
  }

  private Operand<TBool> due(Ops tf, Player player, Move move) {
    var updates = player.updates(tf);
    var period = tf.constant((long) steps * move.generator().updates());
    return tf.math.equal(tf.math.floorMod(updates, period), tf.constant(0L));
  }

  private Player.Step back(Ops tf, Player player, Player.Step moved, Operand<TBool> due) {
    List<Variable<TFloat32>> slow = player.copies(SLOW);
    Map<Variable<TFloat32>, Op> writes = new LinkedHashMap<>();
    List<Op> all = new ArrayList<>();
    for (int i = 0; i < slow.size(); i++) {
      Variable<TFloat32> v = player.trainable().get(i);
      Operand<TFloat32> fast = v.read(tf);
      Operand<TFloat32> old = slow.get(i).read(tf);
      Operand<TFloat32> between =
          tf.math.add(old, tf.math.mul(tf.constant(share), tf.math.sub(fast, old)));
      Operand<TFloat32> point = tf.select(due, between, fast);
      writes.put(v, v.assign(tf, point));
      all.add(slow.get(i).assign(tf, tf.select(due, point, old)));
    }
    all.addAll(writes.values());
    return new Player.Step(tf.withControlDependencies(all).noOp(), writes, moved.updates());
  }
}
