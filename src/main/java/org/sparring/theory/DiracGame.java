package org.sparring.theory;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.sparring.games.GameRule;
import org.sparring.games.Player;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.losses.AdversarialLoss;
import org.sparring.optimizers.GradientDescent;
import org.sparring.optimizers.LearningRate;
import org.sparring.optimizers.Optimizer;
import org.sparring.regularizers.Penalty;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The Dirac-GAN (Mescheder et al. 2018, arXiv 1801.04406, definition 2.1): all data are at 0, the
 * generator produces one point θ, and the discriminator is the linear function D(x) = ψx. The
 * equilibrium is (0, 0).
 *
 * <p>With the Wasserstein loss it is the bilinear game: the discriminator minimises ψθ and the
 * generator −ψθ.
 *
 * @param loss of both players
 * @param penalty of the discriminator
 * @param rate η of both players' gradient descent
 */
record DiracGame(AdversarialLoss loss, Optional<Penalty> penalty, double rate) {

  /**
   * Returns the distance from the equilibrium at the start and after each step, (steps + 1).
   *
   * @param radius distance of the start, in a direction that depends on the seed
   */
  double[] distances(GameRule rule, double radius, long seed, int steps) {
    double angle = new SplittableRandom(seed).nextDouble(2 * Math.PI);
    try (Trial trial = new Trial(seed)) {
      Ops tf = trial.tf();
      Variable<TFloat32> theta = point(trial, Owner.GENERATOR, "theta", radius * Math.cos(angle));
      Variable<TFloat32> psi = point(trial, Owner.DISCRIMINATOR, "psi", radius * Math.sin(angle));
      Op moved = tf.withControlDependencies(rule.step(tf, game(trial, theta, psi)).done()).noOp();
      Ops then = tf.withControlDependencies(List.of(moved));
      List<Operand<TFloat32>> after = List.of(theta.read(then), psi.read(then));
      trial.begin();
      double[] distances = new double[steps + 1];
      distances[0] = radius;
      for (int step = 1; step <= steps; step++) {
        List<double[]> now = trial.values(after);
        distances[step] = Math.hypot(now.get(0)[0], now.get(1)[0]);
      }
      return distances;
    }
  }

  private SampleGame game(Trial trial, Variable<TFloat32> theta, Variable<TFloat32> psi) {
    Ops tf = trial.tf();
    Optimizer descent = new GradientDescent(LearningRate.constant((float) rate));
    SampleGame.Players players =
        new SampleGame.Players(
            new Player(trial.variables(), Owner.GENERATOR, List.of(theta), descent),
            new Player(trial.variables(), Owner.DISCRIMINATOR, List.of(psi), descent));
    return new SampleGame(
        players,
        tf.constant(new float[1][1]),
        (ops, g) -> ops.reshape(g.get(theta), ops.constant(new int[] {1, 1})),
        (ops, d, x) -> ops.math.mul(x, d.get(psi)),
        loss,
        penalty);
  }

  private static Variable<TFloat32> point(Trial trial, Owner owner, String name, double at) {
    return trial.variables().weight(owner, name, 1, (float) at);
  }
}
