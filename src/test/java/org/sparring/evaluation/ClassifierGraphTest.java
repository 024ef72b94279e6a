package org.sparring.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.sparring.graph.ScratchGraph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class ClassifierGraphTest {
  @Test
  void accuracyIsTheShareOfRightAnswers() {
    try (ScratchGraph graph = new ScratchGraph()) {
      var logits = graph.input(Shape.of(4, 3), 2, 1, 0, -3, -1, -2, 0, 0.1f, 0.2f, 9, 8, 7);
      // the likeliest are 0, 1, 2, 0
      assertEquals(0.75f, accuracy(graph, logits, 0, 1, 2, 2));
      assertEquals(1, accuracy(graph, logits, 0, 1, 2, 0));
      assertEquals(0, accuracy(graph, logits, 1, 0, 0, 1));
    }
  }

  private static float accuracy(ScratchGraph graph, Operand<TFloat32> logits, int... labels) {
    var labelled = graph.tf().constant(labels);
    return graph.floats(ClassifierGraph.accuracy(graph.tf(), logits, labelled))[0];
  }
}
