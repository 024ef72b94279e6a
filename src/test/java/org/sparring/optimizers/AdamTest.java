package org.sparring.optimizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.sparring.errors.OptimizerException;
import org.sparring.games.Player;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class AdamTest {
  private static final int STEPS = 10;
  private static final Adam DEFAULT =
      new Adam(LearningRate.constant(2e-4f), 0.5f, 0.999f, Adam.DEFAULT_EPSILON);

  @Test
  void aConstantGradientOfOneStepsByTheRate() {
    // m̂ = 1 and v̂ = 1 at every step, so θ moves by −2e-4/(1 + 1e-8): tenth of a percent kept free
    // for what float32 loses of 1 − β₂
    float[][] path = path(DEFAULT, new float[][] {{1}, {1}, {1}});
    for (int t = 0; t < 3; t++) {
      assertEquals(-2e-4 * (t + 1), path[t][0], 2e-7);
    }
  }

  @Test
  void theFirstTenStepsAreThoseOfTheRecursion() {
    float[][] gradients = new float[STEPS][];
    for (int t = 0; t < STEPS; t++) {
      // constant, alternating, growing, decaying, and one that is mostly zero
      gradients[t] =
          new float[] {1, t % 2 == 0 ? 1 : -0.5f, t, (float) Math.exp(-t), t == 4 ? 3 : 0};
    }
    assertIsRecursion(DEFAULT, gradients, t -> 2e-4);
    Adam slow = new Adam(LearningRate.constant(0.01f), 0.9f, 0.99f, 0.125f);
    assertIsRecursion(slow, gradients, t -> 0.01);
    Adam linear = new Adam(LearningRate.linear(0.1f, 8), 0.5f, 0.9f, 1e-8f);
    assertIsRecursion(linear, gradients, t -> 0.1 * Math.max(0, 1 - t / 8.0));
  }

  @Test
  void twentyFreshSessionsTakeTheSameSteps() {
    // decay powers that advance concurrently with the updates, and not after them, were right in 1
    // run of 200
    float[][] gradients = new float[3][];
    for (int t = 0; t < gradients.length; t++) {
      gradients[t] = new float[] {1, 2 - t, 3, -4, 0.5f * t, 6, 7, -8, 9, 10, 11, 12};
    }
    float[][] first = path(DEFAULT, gradients);
    for (int session = 1; session < 20; session++) {
      assertArrayEquals(first, path(DEFAULT, gradients));
    }
  }

  @Test
  void numbersOutsideTheirRangeAreRefused() {
    var rate = LearningRate.constant(1);
    assertRefused("beta1 must lie in [0, 1), found 1.0", () -> new Adam(rate, 1, 0.9f, 1));
    assertRefused("beta1 must lie in [0, 1), found -0.1", () -> new Adam(rate, -0.1f, 0.9f, 1));
    assertRefused("beta2 must lie in [0, 1), found 1.5", () -> new Adam(rate, 0, 1.5f, 1));
    assertRefused("beta2 must lie in [0, 1), found NaN", () -> new Adam(rate, 0, Float.NaN, 1));
    assertRefused("epsilon must be positive, found 0.0", () -> new Adam(rate, 0, 0, 0));
  }

  @Test
  void aPlayerRefusesToMoveTheOthersVariables() {
    try (ScratchGraph graph = new ScratchGraph()) {
      var foreign = graph.variables().weight(Owner.DISCRIMINATOR, "x", 1, 0);
      assertRefused(
          "GENERATOR cannot move discriminator/x, which is not its own",
          () -> new Player(graph.variables(), Owner.GENERATOR, List.of(foreign), DEFAULT));
    }
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(OptimizerException.class, action).getMessage());
  }

  private interface Schedule {
    double at(int updates);
  }

  /**
   * Float32 keeps 1 − β₂ᵗ to 6e-5 of itself and the step to half of that, so 1e-4 of what was
   * walked is allowed. Without bias correction, or with its power off by one, the first steps are
   * off by a third and more.
   */
  private static void assertIsRecursion(Adam adam, float[][] gradients, Schedule rate) {
    float[][] path = path(adam, gradients);
    for (int i = 0; i < gradients[0].length; i++) {
      AdamRecursion expected = new AdamRecursion(0, adam.beta1(), adam.beta2(), adam.epsilon());
      double walked = 0;
      for (int t = 0; t < gradients.length; t++) {
        double before = expected.value();
        expected.step(rate.at(t), gradients[t][i]);
        walked += Math.abs(expected.value() - before);
        String where = "gradient " + i + ", step " + t;
        assertEquals(expected.value(), path[t][i], 1e-4 * walked + 1e-12, where);
      }
    }
  }

  /** The values after each step, one variable a gradient, all from 0. */
  private static float[][] path(Adam adam, float[][] gradients) {
    try (ScratchGraph graph = new ScratchGraph()) {
      List<Variable<TFloat32>> variables = new ArrayList<>();
      List<Placeholder<TFloat32>> inputs = new ArrayList<>();
      for (int i = 0; i < gradients[0].length; i++) {
        variables.add(graph.variables().weight(Owner.GENERATOR, "x" + i, 1, 0));
        inputs.add(graph.input(Shape.of(1), 0));
      }
      Player player = new Player(graph.variables(), Owner.GENERATOR, variables, adam);
      Op step = player.apply(graph.tf(), List.copyOf(inputs)).done();
      var reads = variables.stream().map(v -> v.read(graph.tf())).toList();
      graph.initialize();
      float[][] path = new float[gradients.length][inputs.size()];
      for (int t = 0; t < gradients.length; t++) {
        for (int i = 0; i < inputs.size(); i++) {
          graph.values(inputs.get(i))[0] = gradients[t][i];
        }
        graph.run(step);
        List<float[]> values = graph.floats(reads);
        for (int i = 0; i < inputs.size(); i++) {
          path[t][i] = values.get(i)[0];
        }
      }
      return path;
    }
  }
}
