package org.sparring.theory;

import java.util.function.Consumer;
import org.sparring.games.Player;
import org.sparring.graph.Owner;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.losses.AdversarialLoss;
import org.sparring.losses.Minimax;
import org.sparring.metrics.JensenShannon;
import org.sparring.nets.Discriminator;
import org.sparring.nets.Mlp;
import org.sparring.optimizers.Adam;
import org.sparring.optimizers.LearningRate;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A network learns the optimal discriminator only from samples of p_data = N(1, ½²) and p_g = N(0,
 * 1), new in every step: D → p_data/(p_data + p_g) and V → −log 4 + 2·JSD (Goodfellow et al. 2014,
 * arXiv 1406.2661, proposition 1 and theorem 1).
 */
record GaussianOptimum() implements Statement {
  private static final Gaussian DATA = new Gaussian(1, 0.5);
  private static final Gaussian GENERATED = Gaussian.STANDARD;
  private static final int STEPS = 1500;
  private static final int BATCH = 256;
  private static final int STRATA = 4096;

  /**
   * With p_g in the numerator the mean error would be .5; the mean error of a network of this width
   * is .005.
   */
  private static final double OPTIMUM_TOLERANCE = 0.02;

  /** With JSD in place of 2·JSD the error would be .22. */
  private static final double VALUE_TOLERANCE = 0.01;

  @Override
  public String name() {
    return "optimum-gaussians";
  }

  @Override
  public String title() {
    return "a network, two hidden layers of 32, trained on samples of two Gaussians";
  }

  @Override
  public void check(long seed, Consumer<Row> rows) {
    // eight standard deviations to both sides: the probability beyond is below 1e-14
    double[] grid = Gaussian.grid(-8, 8, 1601);
    double[] p = DATA.shares(grid);
    double[] q = GENERATED.shares(grid);
    double[] optimum = new double[grid.length];
    double[] mixture = new double[grid.length];
    for (int i = 0; i < grid.length; i++) {
      optimum[i] = p[i] / (p[i] + q[i]);
      mixture[i] = (p[i] + q[i]) / 2;
    }
    Trained trained = trained(seed, grid);
    rows.accept(
        new Row(
            name() + "/discriminator",
            "mean |D − p_data/(p_data + p_g)| over both densities",
            "Goodfellow et al. 2014, arXiv 1406.2661, proposition 1",
            0,
            Gap.mean(trained.probabilities, optimum, mixture),
            OPTIMUM_TOLERANCE));
    rows.accept(
        new Row(
            name() + "/value",
            "V(D*, G) = −log 4 + 2·JSD, integrated numerically",
            "Goodfellow et al. 2014, arXiv 1406.2661, theorem 1",
            -Math.log(4) + 2 * JensenShannon.of(p, q),
            trained.value,
            VALUE_TOLERANCE));
  }

  /**
   * @param probabilities D on the grid
   * @param value V
   */
  private record Trained(double[] probabilities, double value) {}

  private static Trained trained(long seed, double[] grid) {
    try (Trial trial = new Trial(seed)) {
      Ops tf = trial.tf();
      AdversarialLoss loss = new Minimax();
      Discriminator net = new Mlp(Shape.of(1), 32, 2, 1).discriminator(trial.variables());
      Player player =
          new Player(
              trial.variables(),
              Owner.DISCRIMINATOR,
              net.variables(),
              new Adam(LearningRate.linear(0.01f, STEPS), 0.5f, 0.999f, 1e-8f));
      Weights weights = player.read(tf);
      var now = player.updates(tf);
      Operand<TFloat32> reals = DATA.samples(tf, BATCH, trial.seeds().counted(tf, "reals", now));
      Operand<TFloat32> fakes =
          GENERATED.samples(tf, BATCH, trial.seeds().counted(tf, "fakes", now));
      Player.Step step = player.move(tf, loss(tf, loss, net, weights, reals, fakes), weights);
      Operand<TFloat32> exact =
          loss(tf, loss, net, weights, DATA.strata(tf, STRATA), GENERATED.strata(tf, STRATA));
      Operand<TFloat32> d =
          tf.math.sigmoid(net.judge(tf, weights, Gaussian.column(tf, grid), Pass.training()));
      trial.begin();
      trial.run(step.done(), STEPS);
      return new Trained(trial.values(d), -trial.value(exact));
    }
  }

  private static Operand<TFloat32> loss(
      Ops tf,
      AdversarialLoss loss,
      Discriminator net,
      Weights weights,
      Operand<TFloat32> reals,
      Operand<TFloat32> fakes) {
    return loss.discriminator(
        tf,
        net.judge(tf, weights, reals, Pass.training()),
        net.judge(tf, weights, fakes, Pass.training()));
  }
}
