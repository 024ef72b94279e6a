package org.sparring.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparring.errors.GraphException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class VariablesTest {
  private static final Shape SHAPE = Shape.of(3, 5);

  @Test
  void equalSeedsAndNamesGiveEqualValuesInAnyOrderOfMaking() {
    assertArrayEquals(first(7, "a/kernel"), first(7, "a/kernel"));
    try (ScratchGraph graph = new ScratchGraph(7)) {
      kernel(graph, Owner.GENERATOR, "before/kernel");
      var variable = kernel(graph, Owner.GENERATOR, "a/kernel");
      graph.initialize();
      assertArrayEquals(first(7, "a/kernel"), graph.floats(variable.read(graph.tf())));
    }
  }

  @Test
  void anotherSeedOrNameGivesOtherValues() {
    assertFalse(Arrays.equals(first(7, "a/kernel"), first(8, "a/kernel")));
    assertFalse(Arrays.equals(first(7, "a/kernel"), first(7, "b/kernel")));
  }

  @Test
  void aNameMayBeGivenOnce() {
    try (ScratchGraph graph = new ScratchGraph()) {
      kernel(graph, Owner.GENERATOR, "a/kernel");
      kernel(graph, Owner.DISCRIMINATOR, "a/kernel");
      var e = assertThrows(GraphException.class, () -> kernel(graph, Owner.GENERATOR, "a/kernel"));
      assertEquals(
          "variable generator/a/kernel exists already; names must be unique", e.getMessage());
    }
  }

  @Test
  void aCopyStartsAsItsOriginal() {
    try (ScratchGraph graph = new ScratchGraph()) {
      var original = kernel(graph, Owner.GENERATOR, "a/kernel");
      var copy = graph.variables().copy(Owner.RUN, "ema/a/kernel", original);
      graph.initialize();
      assertArrayEquals(
          graph.floats(original.read(graph.tf())), graph.floats(copy.read(graph.tf())));
      assertFalse(copy.trainable());
    }
  }

  @Test
  void anOwnerTrainsItsWeightsAndNotItsState() {
    try (ScratchGraph graph = new ScratchGraph()) {
      Variables variables = graph.variables();
      var kernel = kernel(graph, Owner.GENERATOR, "kernel");
      var bias = variables.weight(Owner.GENERATOR, "bias", 5, 0);
      var mean = variables.state(Owner.GENERATOR, "mean", Shape.of(5), 0);
      var foreign = kernel(graph, Owner.DISCRIMINATOR, "kernel");
      var counter = variables.counter(Owner.RUN, "step");
      assertEquals(List.of(kernel, bias), variables.trainable(Owner.GENERATOR));
      assertEquals(List.of(kernel, bias, mean), variables.of(Owner.GENERATOR));
      assertEquals(List.of(kernel, bias, mean, foreign, counter), variables.all());
    }
  }

  @Test
  void weightsRefuseAVariableOfTheOtherPlayer() {
    try (ScratchGraph graph = new ScratchGraph()) {
      var own = kernel(graph, Owner.GENERATOR, "kernel");
      var foreign = kernel(graph, Owner.DISCRIMINATOR, "kernel");
      Weights weights = Weights.read(graph.tf(), List.of(own));
      var e = assertThrows(GraphException.class, () -> weights.get(foreign));
      assertTrue(e.getMessage().contains("no discriminator/kernel;"), e.getMessage());
    }
  }

  private static float[] first(long seed, String name) {
    try (ScratchGraph graph = new ScratchGraph(seed)) {
      var variable = kernel(graph, Owner.GENERATOR, name);
      graph.initialize();
      return graph.floats(variable.read(graph.tf()));
    }
  }

  private static Variable<TFloat32> kernel(ScratchGraph graph, Owner owner, String name) {
    return graph.variables().weight(owner, name, SHAPE, Fans.of(SHAPE), Initializer.normal(1));
  }
}
