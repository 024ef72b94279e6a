package org.sparring.games;

import java.util.List;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Both losses of one draw at one point (θ, φ), from one shared forward pass.
 *
 * @param generator θ
 * @param discriminator φ
 */
record JointLosses(
    Weights generator,
    Weights discriminator,
    DiscriminatorOutputs verdict,
    Operand<TFloat32> discriminatorLoss,
    Operand<TFloat32> generatorLoss) {

  /** The discriminator is asked as in its own step: running statistics move. */
  static JointLosses at(Ops tf, Game game, Weights g, Weights d, int draw) {
    DiscriminatorOutputs verdict = game.judge(tf, d, game.reals(tf, draw), game.fakes(tf, g, draw));
    return new JointLosses(
        g, d, verdict, game.discriminatorLoss(tf, verdict), game.generatorLoss(tf, verdict));
  }

  /** ∇φ of the discriminator's loss. */
  List<Operand<TFloat32>> discriminatorGradients(Ops tf, Game game) {
    return game.discriminator().gradients(tf, discriminatorLoss, discriminator);
  }

  /** ∇θ of the generator's loss. */
  List<Operand<TFloat32>> generatorGradients(Ops tf, Game game) {
    return game.generator().gradients(tf, generatorLoss, generator);
  }

  Move moved(Player.Step generatorStep, Player.Step discriminatorStep) {
    return new Move(generatorStep, discriminatorStep, discriminatorLoss, generatorLoss, verdict);
  }
}
