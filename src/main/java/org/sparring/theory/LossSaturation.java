package org.sparring.theory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.sparring.games.Player;
import org.sparring.graph.Gradients;
import org.sparring.graph.Owner;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.losses.AdversarialLoss;
import org.sparring.losses.Minimax;
import org.sparring.losses.NonSaturating;
import org.sparring.nets.Discriminator;
import org.sparring.nets.Generator;
import org.sparring.nets.Mlp;
import org.sparring.optimizers.Adam;
import org.sparring.optimizers.LearningRate;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * When the discriminator recognises generated samples, the generator's gradient vanishes with the
 * saturating loss but not with the heuristic loss (Goodfellow 2016, arXiv 1701.00160, sections
 * 3.2.2 and 3.2.3).
 *
 * <p>With p = D(G(z)) = σ(a) the gradient of log(1 − σ(a)) with respect to the logit a is −p, and
 * the gradient of −log σ(a) is −(1 − p). The backward pass from the logit to the generator's
 * weights is the same for both, so for one sample the ratio of the two weight gradients is also (1
 * − p)/p.
 *
 * <p>In this experiment a discriminator learns to distinguish one real point from one generated
 * point while the generator is fixed, until p is under 1e-4; both gradients are computed before
 * each of its steps.
 */
record LossSaturation() implements Statement {
  private static final String PAPER = "Goodfellow 2016, arXiv 1701.00160, section ";
  private static final Mlp PAIR = new Mlp(Shape.of(1), 8, 1, 2);
  private static final float REAL = 3;
  private static final LearningRate RATE = LearningRate.constant(0.01f);
  private static final double WON = 1e-4;
  private static final int MOST_STEPS = 5000;

  /**
   * Relative tolerance: a missing factor ½ would be an error of .5. The error of float32 is 1e-7
   * for the logit and 2e-5 in the sum over the weights.
   */
  private static final double TOLERANCE = 1e-4;

  @Override
  public String name() {
    return "saturation";
  }

  @Override
  public String title() {
    return "one real point, one generated, D trains until p = D(G(z)) is under 1e-4";
  }

  @Override
  public void check(long seed, Consumer<Row> rows) {
    List<Pull> course = course(seed);
    Pull last = course.get(course.size() - 1);
    double p = last.p();
    rows.accept(
        row(
            "ratio-logit",
            "gradient ratio by the logit against (1 − p)/p, all the way",
            "3.2.3",
            0,
            worst(course, pull -> pull.heuristic / pull.saturating),
            TOLERANCE));
    rows.accept(
        row(
            "ratio-weights",
            "the same by all weights of the generator",
            "3.2.3",
            0,
            worst(course, pull -> pull.heuristicByWeights / pull.saturatingByWeights),
            TOLERANCE));
    rows.accept(
        row(
            "saturating",
            "saturating gradient by the logit in the end: p",
            "3.2.2",
            p,
            last.saturating,
            TOLERANCE * p));
    rows.accept(
        row(
            "non-saturating",
            "non-saturating gradient by the logit in the end: 1 − p",
            "3.2.3",
            1 - p,
            last.heuristic,
            TOLERANCE));
    rows.accept(
        row(
            "ratio-won",
            "ratio by the weights in the end: (1 − p)/p",
            "3.2.3",
            last.odds(),
            last.heuristicByWeights / last.saturatingByWeights,
            TOLERANCE * last.odds()));
  }

  /**
   * Norms of the generator's gradients at one step.
   *
   * @param logit a of the generated point
   */
  private record Pull(
      double logit,
      double saturating,
      double heuristic,
      double saturatingByWeights,
      double heuristicByWeights) {

    double p() {
      return 1 / (1 + Math.exp(-logit));
    }

    /** Returns (1 − p)/p. */
    double odds() {
      return Math.exp(-logit);
    }
  }

  /** Returns max |ratio/((1 − p)/p) − 1|. */
  private static double worst(List<Pull> course, ToDoubleFunction<Pull> ratio) {
    double worst = 0;
    for (Pull pull : course) {
      worst = Math.max(worst, Math.abs(ratio.applyAsDouble(pull) / pull.odds() - 1));
    }
    return worst;
  }

  private static List<Pull> course(long seed) {
    try (Trial trial = new Trial(seed)) {
      Ops tf = trial.tf();
      Generator generator = PAIR.generator(trial.variables());
      Discriminator discriminator = PAIR.discriminator(trial.variables());
      Player player =
          new Player(
              trial.variables(),
              Owner.DISCRIMINATOR,
              discriminator.variables(),
              new Adam(RATE, 0.5f, 0.999f, 1e-8f));
      Weights g = Weights.read(tf, generator.variables());
      Weights d = player.read(tf);
      Operand<TFloat32> z = tf.constant(new float[][] {{1, 1}});
      Operand<TFloat32> fake =
          discriminator.judge(
              tf, d, generator.generate(tf, g, z, Pass.training()), Pass.training());
      Operand<TFloat32> real =
          discriminator.judge(tf, d, tf.constant(new float[][] {{REAL}}), Pass.training());
      List<Operand<TFloat32>> sizes = new ArrayList<>(List.of(fake));
      List<Operand<TFloat32>> weights = g.get(trial.variables().trainable(Owner.GENERATOR));
      List<AdversarialLoss> losses = List.of(new Minimax(), new NonSaturating());
      losses.forEach(l -> sizes.add(size(tf, l.generator(tf, real, fake), List.of(fake))));
      losses.forEach(l -> sizes.add(size(tf, l.generator(tf, real, fake), weights)));
      Player.Step step = player.move(tf, new NonSaturating().discriminator(tf, real, fake), d);
      trial.begin();
      List<Pull> course = new ArrayList<>();
      do {
        course.add(pull(trial.values(sizes)));
        trial.run(step.done(), 1);
      } while (course.get(course.size() - 1).p() > WON && course.size() < MOST_STEPS);
      return course;
    }
  }

  private static Pull pull(List<double[]> sizes) {
    double[] flat = sizes.stream().mapToDouble(one -> one[0]).toArray();
    return new Pull(flat[0], flat[1], flat[2], flat[3], flat[4]);
  }

  /** Returns ‖∂loss/∂with‖, scalar. */
  private static Operand<TFloat32> size(
      Ops tf, Operand<TFloat32> loss, List<Operand<TFloat32>> with) {
    List<Operand<TFloat32>> squares = new ArrayList<>();
    for (Operand<TFloat32> gradient : Gradients.of(tf, loss, with)) {
      Operand<TFloat32> flat = tf.reshape(gradient, tf.constant(new int[] {-1}));
      squares.add(tf.sum(tf.math.square(flat), tf.constant(0)));
    }
    return tf.math.sqrt(tf.math.addN(squares));
  }

  private Row row(
      String row,
      String statement,
      String section,
      double predicted,
      double measured,
      double tolerance) {
    return new Row(name() + "/" + row, statement, PAPER + section, predicted, measured, tolerance);
  }
}
