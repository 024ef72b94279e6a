package org.sparring.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.ScratchGraph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TInt32;

class ClassificationTest {
  private final ScratchGraph graph = new ScratchGraph();

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void itIsTheMeanOfMinusTheLogProbabilities() {
    // p = (¼, ¼, ½) and (⅗, ⅕, ⅕): −½(log ½ + log ⅕)
    var logits = graph.input(Shape.of(2, 3), 0, 0, log(2), log(3), 0, 0);
    var loss = Classification.of(graph.tf(), logits, labels(2, 1));
    assertEquals(-0.5 * (Math.log(0.5) + Math.log(0.2)), graph.floats(loss)[0], 1e-6);
    assertEquals(Shape.scalar(), loss.shape());
  }

  @Test
  void whoKnowsNothingPaysTheLogOfTheNumberOfClasses() {
    var loss =
        Classification.of(graph.tf(), graph.input(Shape.of(1, 10), new float[10]), labels(4));
    assertEquals(Math.log(10), graph.floats(loss)[0], 1e-6);
  }

  @Test
  void itStaysFiniteWhereAProbabilityIsZeroInFloats() {
    var loss = Classification.of(graph.tf(), graph.input(Shape.of(1, 2), 500, -500), labels(1));
    assertEquals(1000, graph.floats(loss)[0], 1e-3);
  }

  @Test
  void gradientsAreCentralDifferences() {
    var logits = graph.input(Shape.of(3, 4), GradientCheck.noise(12, 5));
    GradientCheck.check(
        graph, Classification.of(graph.tf(), logits, labels(0, 3, 1)), List.of(logits));
  }

  private static float log(double x) {
    return (float) Math.log(x);
  }

  private Operand<TInt32> labels(int... labels) {
    return graph.tf().constant(labels);
  }
}
