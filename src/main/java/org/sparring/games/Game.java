package org.sparring.games;

import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The adversarial game as a rule sees it: two players, fresh samples on request, and two losses
 * that can be evaluated at any point of the players' weights.
 *
 * <p>Draw {@code i} of a step is one batch of real samples and one of noise; the same number gives
 * the same batch.
 */
public interface Game {
  Player generator();

  Player discriminator();

  /** Real samples of a draw. */
  Samples reals(Ops tf, int draw);

  /** G(z) at the given weights for the noise of a draw, of the classes of its real samples. */
  Samples fakes(Ops tf, Weights generator, int draw);

  /** The discriminator at the given weights, as it is asked in its own step. */
  DiscriminatorOutputs judge(Ops tf, Weights discriminator, Samples reals, Samples fakes);

  /** The same while a rule only thinks ahead: running statistics stay as they are. */
  DiscriminatorOutputs rehearse(Ops tf, Weights discriminator, Samples reals, Samples fakes);

  /** The same as the generator asks it: without a penalty, and statistics stay as they are. */
  DiscriminatorOutputs consult(Ops tf, Weights discriminator, Samples reals, Samples fakes);

  /** What the discriminator minimises, penalty included, scalar. */
  Operand<TFloat32> discriminatorLoss(Ops tf, DiscriminatorOutputs verdict);

  /** What the generator minimises, scalar. */
  Operand<TFloat32> generatorLoss(Ops tf, DiscriminatorOutputs verdict);
}
