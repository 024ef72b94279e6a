package org.sparring.nets;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.graph.Batch;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Gradients;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * What consensus optimisation, symplectic gradient adjustment and unrolling differentiate: the
 * squared norm of both players' gradients of the game's value, by both players' weights. Checked by
 * central differences along a line on which every weight moves. A first gradient jumps where a unit
 * passes its kink; points where two step sizes disagree are left out.
 */
class TwiceDifferentiableTest {
  private static final int BATCH = 4;
  private static final double STEP = 5e-4;
  private static final int POINTS = 20;

  static Stream<Architecture> pairs() {
    var plain = new DiscriminatorForm(2, Normalization.NONE, 1);
    var batch = new DiscriminatorForm(3, Normalization.BATCH, 1);
    return Stream.of(
        new Dcgan(8, 1, 2, 3),
        new Dcgan(16, 3, 2, 3),
        new Dcgan(8, 2, 2, 3, new DiscriminatorForm(2, Normalization.NONE, 2)),
        new Dcgan5(17, 1, 2, 3, plain),
        new SnDcgan(8, 1, 2, 3, plain),
        new SnResNet(8, 2, 3, 1, 3, plain),
        new R3Net(8, 2, 8, 1, 3, plain),
        new Mlp(Shape.of(2), 3, 2, 3),
        new Mlp(Shape.of(4, 4, 2), 3, 3, 3, batch),
        new MaxoutMlp(2, 4, 3, 2, plain),
        ConditionalTest.pair(Labelling.Kind.PROJECTION));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theGradientsOfTheGamesValueCanBeDifferentiatedByBothPlayersWeights(Architecture nets) {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      Generator g = nets.generator(graph.variables());
      Discriminator d = nets.discriminator(graph.variables());
      var t = graph.input(Shape.scalar(), 0);
      Moved generator = new Moved(tf, g.variables(), t, 1);
      Moved discriminator = new Moved(tf, d.variables(), t, 2);
      int size = Math.toIntExact(BATCH * g.sampleShape().size());
      var z =
          graph.input(
              Shape.of(BATCH, nets.latent()), GradientCheck.noise(BATCH * nets.latent(), 3));
      var x = graph.input(Shape.of(BATCH).append(g.sampleShape()), GradientCheck.noise(size, 4));
      Batch classes = LabelInput.inOrder(tf, g, BATCH);
      var fake = g.generate(tf, generator.weights, classes.with(Input.LATENT, z), Pass.training());
      var value =
          tf.math.add(
              softplus(tf, tf.math.neg(judged(tf, d, discriminator, x, classes))),
              softplus(tf, judged(tf, d, discriminator, fake, classes)));
      List<Operand<TFloat32>> all = new ArrayList<>(generator.trained);
      all.addAll(discriminator.trained);
      Operand<TFloat32> norm = squaredNorm(tf, Gradients.of(tf, value, all));
      Operand<TFloat32> slope = Gradients.of(tf, norm, List.of(t)).get(0);
      int smooth = 0;
      for (int point = 0; point < POINTS; point++) {
        double expected = difference(graph, t, norm, 0.05 * point, STEP);
        if (close(expected, difference(graph, t, norm, 0.05 * point, STEP / 2), 1e-2)) {
          smooth++;
          double found = graph.floats(slope)[0];
          assertTrue(
              close(expected, found, 2e-2),
              nets + ", " + point + ": " + expected + ", found " + found);
        }
      }
      assertTrue(smooth >= 3, nets + ": only " + smooth + " points were free of kinks");
    }
  }

  private static Operand<TFloat32> judged(
      Ops tf, Discriminator d, Moved at, Operand<TFloat32> x, Batch classes) {
    return d.judgement(tf, at.weights, x, classes, Pass.training()).logits();
  }

  private static boolean close(double expected, double found, double tolerance) {
    return Math.abs(expected - found) <= tolerance * Math.max(Math.abs(expected), 1);
  }

  /** Central difference of fourth order at a point of the line; leaves the input there. */
  private static double difference(
      ScratchGraph graph,
      Placeholder<TFloat32> t,
      Operand<TFloat32> norm,
      double point,
      double step) {
    double[] values = new double[5];
    for (int i = 0; i < 5; i++) {
      graph.values(t)[0] = (float) (point + (i - 2) * step);
      values[i] = graph.floats(norm)[0];
    }
    graph.values(t)[0] = (float) point;
    return (8 * (values[3] - values[1]) - (values[4] - values[0])) / (12 * step);
  }

  private static Operand<TFloat32> softplus(Ops tf, Operand<TFloat32> logits) {
    return tf.math.mean(tf.math.softplus(logits), tf.constant(new int[] {0, 1}));
  }

  private static Operand<TFloat32> squaredNorm(Ops tf, List<Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> squares = new ArrayList<>();
    for (Operand<TFloat32> gradient : gradients) {
      var flat = tf.reshape(gradient, tf.constant(new int[] {-1}));
      squares.add(tf.sum(tf.math.square(flat), tf.constant(0)));
    }
    return tf.math.addN(squares);
  }

  /** Weights w₀ + t·δ with random w₀ and δ. */
  private static final class Moved {
    private final List<Operand<TFloat32>> trained = new ArrayList<>();
    private final Weights weights;

    Moved(Ops tf, List<Variable<TFloat32>> variables, Operand<TFloat32> t, long seed) {
      Map<Variable<TFloat32>, Operand<TFloat32>> values = new HashMap<>();
      for (Variable<TFloat32> v : variables) {
        Operand<TFloat32> start = constant(tf, v, seed + 10L * values.size());
        Operand<TFloat32> direction = constant(tf, v, seed + 10L * values.size() + 5);
        Operand<TFloat32> value =
            v.trainable() ? tf.math.add(start, tf.math.mul(t, direction)) : start;
        values.put(v, value);
        if (v.trainable()) {
          trained.add(value);
        }
      }
      weights = Weights.of(values);
    }

    /** Normal values; a kernel's of the deviation that keeps activations at their scale. */
    private static Operand<TFloat32> constant(Ops tf, Variable<TFloat32> v, long seed) {
      float[] noise = GradientCheck.noise(Math.toIntExact(v.shape().size()), seed);
      long out = v.shape().get(v.shape().numDimensions() - 1);
      float deviation = (float) Math.sqrt((double) out / v.shape().size());
      return tf.math.mul(
          tf.constant(deviation), tf.reshape(tf.constant(noise), tf.constant(v.shape().asArray())));
    }
  }
}
