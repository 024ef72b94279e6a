package org.sparring.optimizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.types.TFloat32;

class WeightAverageTest {
  @ParameterizedTest
  @ValueSource(floats = {0, 0.3f, 0.999f})
  void theAverageIsThatOfTheRecursion(float decay) {
    try (ScratchGraph graph = new ScratchGraph()) {
      var weight = graph.variables().weight(Owner.GENERATOR, "kernel", 2, 5);
      var average = new WeightAverage(graph.variables(), List.of(weight), decay);
      graph.initialize();
      double[] expected = {5, 5};
      for (long t = 0; t < 40; t++) {
        float[] now = {(float) Math.sin((double) t), t};
        step(graph, weight, average, now, t);
        // a ← d·a + (1 − d)·w with d = min(decay, (1 + t)/(10 + t)): .1, .18, .25, …
        double d = Math.min(decay, (1.0 + t) / (10 + t));
        for (int i = 0; i < 2; i++) {
          expected[i] = d * expected[i] + (1 - d) * now[i];
        }
        float[] found = graph.floats(average.read(graph.tf()).get(weight));
        assertEquals(expected[0], found[0], 1e-5, "step " + t);
        assertEquals(expected[1], found[1], 1e-4, "step " + t);
      }
    }
  }

  @Test
  void theAverageStartsAsACopyAlsoOfWhatIsNotTrained() {
    try (ScratchGraph graph = new ScratchGraph()) {
      var weight = graph.variables().weight(Owner.GENERATOR, "kernel", 2, 5);
      var mean = graph.variables().state(Owner.GENERATOR, "mean", Shape.of(2), 3);
      var average = new WeightAverage(graph.variables(), List.of(weight, mean), 0.9f);
      graph.initialize();
      var read = average.read(graph.tf());
      assertArrayEquals(new float[] {5, 5}, graph.floats(read.get(weight)));
      assertArrayEquals(new float[] {3, 3}, graph.floats(read.get(mean)));
      assertEquals(
          List.of("run/ema/generator/kernel", "run/ema/generator/mean"),
          average.variables().stream().map(Variable::name).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {1, -0.1f, Float.NaN})
  void aDecayOutsideItsRangeIsRefused(float decay) {
    try (ScratchGraph graph = new ScratchGraph()) {
      var e =
          assertThrows(
              OptimizerException.class,
              () -> new WeightAverage(graph.variables(), List.of(), decay));
      assertEquals("the decay of the average must lie in [0, 1), found " + decay, e.getMessage());
    }
  }

  private static void step(
      ScratchGraph graph,
      Variable<TFloat32> weight,
      WeightAverage average,
      float[] value,
      long step) {
    var tf = graph.tf();
    Op written = weight.assign(tf, tf.constant(value));
    average.update(tf, tf.constant(step), Map.of(weight, written)).forEach(graph::run);
  }
}
