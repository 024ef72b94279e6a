package org.sparring.games;

import java.util.List;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Symplectic gradient adjustment (Balduzzi et al. 2018, arXiv 1802.05642, section 3.2): the players
 * follow ξ + λAᵀξ, with ξ = (∇θ L_G, ∇φ L_D) and A the antisymmetric part of its Jacobian, which
 * causes the rotation of a game's dynamics. Requires second derivatives of the networks.
 *
 * <p>With two players only the mixed derivatives remain: (Aᵀξ)θ = ½∇θ⟨∇φ(L_D − L_G), ξφ⟩ and (Aᵀξ)φ
 * = ½∇φ⟨∇θ(L_G − L_D), ξθ⟩, with the ξ on the right held constant. λ is fixed here; the paper also
 * offers to choose its sign in every step.
 *
 * <p>On the bilinear game Aᵀξ = ω: with gradient descent of rate η a step multiplies by √((1 − ηλ)²
 * + η²).
 *
 * @param strength λ, positive
 */
public record SymplecticAdjustment(float strength) implements GameRule {
  public SymplecticAdjustment {
    OptimizerException.require(
        strength > 0 && Float.isFinite(strength),
        "the strength of the adjustment must be positive, found " + strength);
  }

  @Override
  public Move step(Ops tf, Game game) {
    Pulls pulls = Pulls.here(tf, game);
    List<Operand<TFloat32>> dPull = pulls.discriminator(tf);
    List<Operand<TFloat32>> gPull = pulls.generator(tf);
    Side d = new Side(game.discriminator(), pulls.point().discriminator(), dPull);
    Side g = new Side(game.generator(), pulls.point().generator(), gPull);
    Losses losses = pulls.losses();
    Operand<TFloat32> gap = tf.math.sub(losses.discriminator(), losses.generator());
    List<Operand<TFloat32>> gTurn = turn(tf, gap, d, g);
    List<Operand<TFloat32>> dTurn = turn(tf, tf.math.neg(gap), g, d);
    return new Move(
        game.generator().apply(tf, Vectors.plus(tf, gPull, strength, gTurn)),
        game.discriminator().apply(tf, Vectors.plus(tf, dPull, strength, dTurn)),
        losses);
  }

  @Override
  public int draws() {
    return 1;
  }

  @Override
  public boolean differentiatesGradients() {
    return true;
  }

  /**
   * One player.
   *
   * @param player the player
   * @param at its weights
   * @param pull ξ of this player
   */
  private record Side(Player player, Weights at, List<Operand<TFloat32>> pull) {}

  /** Returns ½∇own⟨∇other gap, ξother⟩. */
  private static List<Operand<TFloat32>> turn(Ops tf, Operand<TFloat32> gap, Side other, Side own) {
    List<Operand<TFloat32>> mixed = other.player.ownGradientsWhereDependent(tf, gap, other.at);
    List<Operand<TFloat32>> constant = Vectors.constant(tf, other.pull);
    Operand<TFloat32> along = tf.math.mul(tf.constant(0.5f), Vectors.dot(tf, mixed, constant));
    return own.player.mean(tf, own.player.ownGradientsWhereDependent(tf, along, own.at));
  }
}
