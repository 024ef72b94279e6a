package org.sparring.games;

import java.util.List;
import java.util.stream.Stream;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Consensus optimization (Mescheder et al. 2017, arXiv 1705.10461, algorithm 2): to each player's
 * loss is added γ·R with R = ½‖ξ‖² and ξ = (∇θ L_G, ∇φ L_D), so that both also minimise the norm of
 * the gradients. Requires second derivatives of the networks.
 *
 * <p>On the bilinear game R = ½(θ² + φ²): with gradient descent of rate η a step multiplies by √((1
 * − ηγ)² + η²).
 *
 * @param strength γ, positive
 */
public record Consensus(float strength) implements GameRule {
  public Consensus {
    OptimizerException.require(
        strength > 0 && Float.isFinite(strength),
        "the strength of consensus must be positive, found " + strength);
  }

  @Override
  public Move step(Ops tf, Game game) {
    Pulls pulls = Pulls.here(tf, game);
    List<Operand<TFloat32>> dOwn = pulls.ownDiscriminator(tf);
    List<Operand<TFloat32>> gOwn = pulls.ownGenerator(tf);
    List<Operand<TFloat32>> d = game.discriminator().mean(tf, dOwn);
    List<Operand<TFloat32>> g = game.generator().mean(tf, gOwn);
    Operand<TFloat32> r = halfSquare(tf, joined(gOwn, dOwn), joined(g, d));
    Point at = pulls.point();
    return new Move(
        game.generator().apply(tf, adjusted(tf, game.generator(), at.generator(), g, r)),
        game.discriminator()
            .apply(tf, adjusted(tf, game.discriminator(), at.discriminator(), d, r)),
        pulls.losses());
  }

  @Override
  public int draws() {
    return 1;
  }

  @Override
  public boolean differentiatesGradients() {
    return true;
  }

  /** Returns ∇(L + γR) of one player. */
  private List<Operand<TFloat32>> adjusted(
      Ops tf, Player player, Weights at, List<Operand<TFloat32>> pull, Operand<TFloat32> r) {
    List<Operand<TFloat32>> own = player.ownGradientsWhereDependent(tf, r, at);
    return Vectors.plus(tf, pull, strength, player.mean(tf, own));
  }

  /**
   * Returns R on one device. With several replicas it returns a scalar whose gradient is this
   * replica's part of ∇R: ξ is then the mean over all replicas, and R depends on the weights
   * through each replica's own gradients.
   */
  private static Operand<TFloat32> halfSquare(
      Ops tf, List<Operand<TFloat32>> own, List<Operand<TFloat32>> mean) {
    if (!own.equals(mean)) {
      return Vectors.dot(tf, own, Vectors.constant(tf, mean));
    }
    return tf.math.mul(tf.constant(0.5f), Vectors.dot(tf, own, own));
  }

  private static List<Operand<TFloat32>> joined(
      List<Operand<TFloat32>> a, List<Operand<TFloat32>> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }
}
