package org.sparring.theory;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sparring.games.Alternating;
import org.sparring.games.Player;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.layers.Pass;
import org.sparring.losses.NonSaturating;
import org.sparring.nets.Discriminator;
import org.sparring.nets.Mlp;
import org.sparring.optimizers.Adam;
import org.sparring.optimizers.LearningRate;
import org.sparring.optimizers.Optimizer;
import org.sparring.regularizers.R1;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A game that converges: the generator G(z) = a + bz learns the mean and the standard deviation of
 * a Gaussian, against a network with R1 (Mescheder et al. 2018, arXiv 1801.04406, theorem 4.1). At
 * the equilibrium p_g = p_data and D = ½ everywhere (Goodfellow et al. 2014, arXiv 1406.2661,
 * section 4).
 *
 * <p>Both batches are quantiles, so the equilibrium is exact and does not depend on a sample.
 */
record Equilibrium() implements Statement {
  private static final Gaussian DATA = new Gaussian(1.5, 0.5);
  private static final int BATCH = 128;
  private static final int STEPS = 3000;
  private static final float GAMMA = 1;
  private static final LearningRate RATE = LearningRate.linear(1e-2f, STEPS);

  /**
   * The mean starts 1.5 away from its target and the standard deviation 1; twenty seeds ended
   * within 1e-4.
   */
  private static final double MOMENT_TOLERANCE = 0.01;

  /**
   * Tolerance of |D − ½|, which is ½ for a discriminator that separates all samples and .1 if it
   * lags behind a changing generator; twenty seeds ended within .003.
   */
  private static final double HALF_TOLERANCE = 0.01;

  @Override
  public String name() {
    return "equilibrium";
  }

  @Override
  public String title() {
    return "G(z) = a + bz against a network with R1, data from N(1.5, ½²)";
  }

  @Override
  public void check(long seed, Consumer<Row> rows) {
    End end = play(seed);
    rows.accept(
        row("mean", "mean that the generator reaches: a", DATA.mean(), end.mean, MOMENT_TOLERANCE));
    rows.accept(
        row(
            "deviation",
            "deviation that it reaches: |b|",
            DATA.deviation(),
            Math.abs(end.deviation),
            MOMENT_TOLERANCE));
    rows.accept(
        row(
            "half",
            "largest |D − ½| within 2.5 deviations of the mean",
            0,
            end.gap,
            HALF_TOLERANCE));
  }

  /**
   * @param mean a
   * @param deviation b
   * @param gap max |D − ½| over the data
   */
  private record End(double mean, double deviation, double gap) {}

  private static End play(long seed) {
    try (Trial trial = new Trial(seed)) {
      Ops tf = trial.tf();
      Variable<TFloat32> a = trial.variables().weight(Owner.GENERATOR, "a", 1, 0);
      Variable<TFloat32> b = trial.variables().weight(Owner.GENERATOR, "b", 1, 1.5f);
      Discriminator net = new Mlp(Shape.of(1), 32, 2, 1).discriminator(trial.variables());
      Optimizer adam = new Adam(RATE, 0, 0.99f, 1e-8f);
      SampleGame.Players players =
          new SampleGame.Players(
              new Player(trial.variables(), Owner.GENERATOR, List.of(a, b), adam),
              new Player(trial.variables(), Owner.DISCRIMINATOR, net.variables(), adam));
      SampleGame game =
          new SampleGame(
              players,
              DATA.strata(tf, BATCH),
              (ops, g) ->
                  ops.math.add(
                      ops.math.mul(Gaussian.STANDARD.strata(ops, BATCH), g.get(b)), g.get(a)),
              (ops, d, x) -> net.judge(ops, d, x, Pass.training()),
              new NonSaturating(),
              Optional.of(new R1(GAMMA)));
      Op step = tf.withControlDependencies(new Alternating(1).step(tf, game).done()).noOp();
      Operand<TFloat32> d = onSupport(tf, players.discriminator(), net);
      List<Operand<TFloat32>> end = List.of(a.read(tf), b.read(tf), d);
      trial.begin();
      trial.run(step, STEPS);
      List<double[]> values = trial.values(end);
      double[] ds = values.get(2);
      return new End(
          values.get(0)[0], values.get(1)[0], Gap.largest(ds, Gap.constant(0.5, ds.length)));
    }
  }

  /**
   * Returns D within 2.5 standard deviations of the data's mean; the outermost quantiles are at
   * 2.66.
   */
  private static Operand<TFloat32> onSupport(Ops tf, Player player, Discriminator net) {
    double[] grid =
        Gaussian.grid(DATA.mean() - 3 * DATA.deviation(), DATA.mean() + 3 * DATA.deviation(), 61);
    return tf.math.sigmoid(
        net.judge(tf, player.read(tf), Gaussian.column(tf, grid), Pass.training()));
  }

  private Row row(
      String row, String statement, double predicted, double measured, double tolerance) {
    return new Row(
        name() + "/" + row,
        statement,
        "Mescheder et al. 2018, arXiv 1801.04406, theorem 4.1",
        predicted,
        measured,
        tolerance);
  }
}
