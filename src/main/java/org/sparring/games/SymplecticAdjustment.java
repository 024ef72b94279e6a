package org.sparring.games;

import java.util.List;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.Gradients;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Symplectic gradient adjustment (Balduzzi et al. 2018, arXiv 1802.05642, section 3.2): the players
 * follow ξ + λAᵀξ, with ξ = (∇θ L_G, ∇φ L_D) and A the antisymmetric part of its Jacobian, which is
 * what makes a game turn in circles. Second derivatives of the networks are needed.
 *
 * <p>Between two players only the mixed derivatives are left: (Aᵀξ)θ = ½∇θ⟨∇φ(L_D − L_G), ξφ⟩ and
 * (Aᵀξ)φ = ½∇φ⟨∇θ(L_G − L_D), ξθ⟩, with the ξ on the right held constant. λ is fixed here; the
 * paper also offers to choose its sign in every step.
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
    JointLosses bout =
        JointLosses.at(tf, game, game.generator().read(tf), game.discriminator().read(tf), 0);
    List<Operand<TFloat32>> dPull = bout.discriminatorGradients(tf, game);
    List<Operand<TFloat32>> gPull = bout.generatorGradients(tf, game);
    Weights g = bout.generator();
    Weights d = bout.discriminator();
    Operand<TFloat32> gap = tf.math.sub(bout.discriminatorLoss(), bout.generatorLoss());
    List<Operand<TFloat32>> gTurn =
        turn(tf, gap, game.discriminator(), d, dPull, game.generator(), g);
    List<Operand<TFloat32>> dTurn =
        turn(tf, tf.math.neg(gap), game.generator(), g, gPull, game.discriminator(), d);
    return bout.moved(
        game.generator().apply(tf, Vectors.plus(tf, gPull, strength, gTurn)),
        game.discriminator().apply(tf, Vectors.plus(tf, dPull, strength, dTurn)));
  }

  @Override
  public int draws() {
    return 1;
  }

  @Override
  public boolean differentiatesGradients() {
    return true;
  }

  /** ½∇own⟨∇other gap, ξother⟩. */
  private static List<Operand<TFloat32>> turn(
      Ops tf,
      Operand<TFloat32> gap,
      Player other,
      Weights otherAt,
      List<Operand<TFloat32>> otherPull,
      Player own,
      Weights ownAt) {
    List<Operand<TFloat32>> mixed =
        Gradients.whereDependent(tf, gap, otherAt.get(other.trainable()));
    List<Operand<TFloat32>> constant =
        otherPull.stream().<Operand<TFloat32>>map(p -> tf.stopGradient(p)).toList();
    Operand<TFloat32> along = tf.math.mul(tf.constant(0.5f), Vectors.dot(tf, mixed, constant));
    return Gradients.whereDependent(tf, along, ownAt.get(own.trainable()));
  }
}
