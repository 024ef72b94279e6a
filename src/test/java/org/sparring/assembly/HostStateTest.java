package org.sparring.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.sparring.data.GlyphSource;
import org.sparring.recipes.RecipeReader;
import org.sparring.training.TrainingGraph;
import org.tensorflow.GraphOperation;

/** What a GPU would have to copy to the host in each step is computed there. */
class HostStateTest {
  private static final String HOST = "/device:CPU:0";

  @Test
  void seedsPositionsAndTheCounterAreOnTheHost() {
    TrainingGraph training =
        new Assembly(
                new RecipeReader()
                    .set("data.side", "8")
                    .set("net.width", "4")
                    .set("batch", "8")
                    .set("device.kind", "cpu")
                    .set("data.mirror", "true")
                    .recipe())
            .graph(new GlyphSource(64, 8, 1, 1));
    Set<String> seen = new TreeSet<>();
    try (var graph = training.graph()) {
      for (Iterator<GraphOperation> ops = graph.operations(); ops.hasNext(); ) {
        GraphOperation op = ops.next();
        assertTrue(!op.type().equals("PadV2"), "the zero of a PadV2 is read on the host");
        if (op.type().startsWith("StatelessRandom")) {
          assertEquals(HOST, op.input(1).op() instanceof GraphOperation seed ? seed.device() : "?");
          seen.add("seed");
        }
        if (op.type().equals("RandomIndexShuffle") || op.name().equals("run.step")) {
          assertEquals(HOST, op.device(), op.name());
          seen.add(op.type());
        }
      }
    }
    assertEquals(Set.of("RandomIndexShuffle", "VarHandleOp", "seed"), seen);
  }
}
