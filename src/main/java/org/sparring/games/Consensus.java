package org.sparring.games;

import java.util.List;
import java.util.stream.Stream;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.Gradients;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Consensus optimization (Mescheder et al. 2017, arXiv 1705.10461, algorithm 2): to each player's
 * loss is added γ·R with R = ½‖ξ‖² and ξ = (∇θ L_G, ∇φ L_D), so that both also seek a place where
 * neither is pulled. Second derivatives of the networks are needed.
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
    JointLosses bout =
        JointLosses.at(tf, game, game.generator().read(tf), game.discriminator().read(tf), 0);
    List<Operand<TFloat32>> d = bout.discriminatorGradients(tf, game);
    List<Operand<TFloat32>> g = bout.generatorGradients(tf, game);
    Operand<TFloat32> r = halfSquare(tf, Stream.concat(g.stream(), d.stream()).toList());
    return bout.moved(
        game.generator().apply(tf, adjusted(tf, game.generator(), bout.generator(), g, r)),
        game.discriminator()
            .apply(tf, adjusted(tf, game.discriminator(), bout.discriminator(), d, r)));
  }

  @Override
  public int draws() {
    return 1;
  }

  @Override
  public boolean differentiatesGradients() {
    return true;
  }

  /** ∇(L + γR) of one player. */
  private List<Operand<TFloat32>> adjusted(
      Ops tf, Player player, Weights at, List<Operand<TFloat32>> own, Operand<TFloat32> r) {
    return Vectors.plus(
        tf, own, strength, Gradients.whereDependent(tf, r, at.get(player.trainable())));
  }

  private static Operand<TFloat32> halfSquare(Ops tf, List<Operand<TFloat32>> vector) {
    return tf.math.mul(tf.constant(0.5f), Vectors.dot(tf, vector, vector));
  }
}
