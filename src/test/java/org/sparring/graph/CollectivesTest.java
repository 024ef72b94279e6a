package org.sparring.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

class CollectivesTest {
  @ParameterizedTest
  @CsvSource({"true, 1", "false, 0"})
  void onlyOrderedOpsWaitForTheOneBeforeInTheirChain(boolean ordered, int waits) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      AtomicInteger keys = new AtomicInteger();
      Collectives collectives = new Collectives(2, 0, keys::incrementAndGet, ordered);
      Op first = collectives.sum(tf, tf.constant(new float[] {1}));
      Op second = collectives.all(tf, tf.constant(new float[] {2}));
      collectives.startChain();
      Op third = collectives.sum(tf, tf.constant(new float[] {3}));
      assertEquals(0, controlInputs(graph, first));
      assertEquals(waits, controlInputs(graph, second));
      assertEquals(0, controlInputs(graph, third));
    }
  }

  private static long controlInputs(Graph graph, Op op) {
    return graph.toGraphDef().getNodeList().stream()
        .filter(node -> node.getName().equals(op.op().name()))
        .flatMap(node -> node.getInputList().stream())
        .filter(input -> input.startsWith("^"))
        .count();
  }
}
