package org.sparring.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparring.games.Player;
import org.sparring.graph.Owner;
import org.sparring.graph.Weights;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pass;
import org.sparring.losses.AdversarialLoss;
import org.sparring.nets.Discriminator;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.nets.Mlp;
import org.sparring.optimizers.Adam;
import org.sparring.optimizers.LearningRate;
import org.sparring.regularizers.Penalty;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A network whose inputs are numbers, trained as a discriminator against a fixed generator.
 *
 * @param loss loss that it minimises
 * @param normalization normalisation of its layers
 * @param penalty penalty that is added to its loss
 */
record LineCritic(AdversarialLoss loss, Normalization normalization, Optional<Penalty> penalty) {
  private static final int WIDTH = 16;
  private static final int DEPTH = 2;
  private static final int BATCH = 64;
  private static final int STEPS = 1500;

  /**
   * Two distributions that the critic learns to distinguish.
   *
   * @param data distribution of real samples
   * @param generated distribution of generated samples
   */
  record Problem(Gaussian data, Gaussian generated) {
    /**
     * Spread of a distribution that is practically a point: negligible compared with distances of
     * 1.
     */
    private static final double POINT = 1e-6;

    /** Returns a problem with one real point, {@code distance} above the generated point. */
    static Problem points(double distance) {
      return new Problem(new Gaussian(distance, POINT), new Gaussian(0, POINT));
    }
  }

  /** Trains the discriminator and returns its final loss without the penalty. */
  double loss(Problem problem, long seed) {
    try (Trial trial = new Trial(seed)) {
      Ops tf = trial.tf();
      DiscriminatorForm form = new DiscriminatorForm(WIDTH, normalization, 1);
      Discriminator net =
          new Mlp(Shape.of(1), WIDTH, DEPTH, 1, form).discriminator(trial.variables());
      Player player =
          new Player(
              trial.variables(),
              Owner.DISCRIMINATOR,
              net.variables(),
              new Adam(LearningRate.linear(0.01f, STEPS), 0.5f, 0.99f, 1e-8f));
      Weights weights = player.read(tf);
      Pass pass = Pass.recording();
      Operand<TFloat32> reals = problem.data.strata(tf, BATCH);
      Operand<TFloat32> fakes = problem.generated.strata(tf, BATCH);
      Operand<TFloat32> own =
          loss.discriminator(
              tf, net.judge(tf, weights, reals, pass), net.judge(tf, weights, fakes, pass));
      var seeds = trial.seeds().counted(tf, "penalty", player.updates(tf));
      Operand<TFloat32> paid =
          penalty
              .<Operand<TFloat32>>map(
                  p ->
                      p.of(
                          tf,
                          (ops, x) -> net.judge(ops, weights, x, Pass.training()),
                          reals,
                          fakes,
                          RandomRows.single(seeds)))
              .map(term -> (Operand<TFloat32>) tf.math.add(own, term))
              .orElse(own);
      Op moved = player.move(tf, paid, weights).done();
      List<Op> all = new ArrayList<>(List.of(moved));
      all.addAll(pass.writes(tf.withControlDependencies(List.of(moved))));
      Op step = tf.withControlDependencies(all).noOp();
      trial.begin();
      trial.run(step, STEPS);
      return trial.value(own);
    }
  }
}
