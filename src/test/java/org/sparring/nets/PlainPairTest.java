package org.sparring.nets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.graph.Agreement.distance;
import static org.sparring.graph.Agreement.joined;

import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.sparring.graph.ScratchGraph;
import org.sparring.layers.Pass;
import org.tensorflow.GraphOperation;

/** The form of a pair for GPUs, on the CPU. */
class PlainPairTest {
  private static final int BATCH = 4;

  @Test
  void imagesLogitsAndGradientsAreThoseOfTheFoldedForm() {
    Architecture pair = new Dcgan(16, 1, 8, 3);
    try (ScratchGraph graph = new ScratchGraph();
        ScratchGraph other = new ScratchGraph()) {
      PlayedPair folded = new PlayedPair(graph, pair, BATCH, Pass.training());
      PlayedPair plain = new PlayedPair(other, ComputedPair.plain(pair), BATCH, Pass.training());
      assertTrue(count(graph, "SpaceToDepth") > 0);
      assertEquals(0, count(other, "SpaceToDepth"));
      graph.initialize();
      other.initialize();
      PlayedPair.Results expected = folded.results();
      PlayedPair.Results found = plain.results();
      assertTrue(distance(expected.images(), found.images()) < 1e-5, "images");
      assertTrue(distance(expected.logits(), found.logits()) < 1e-5, "logits");
      assertTrue(
          distance(joined(expected.generator()), joined(found.generator())) < 1e-4, "generator");
      assertTrue(
          distance(joined(expected.discriminator()), joined(found.discriminator())) < 1e-4,
          "discriminator");
    }
  }

  /** Penalties keep the form whose second derivatives are tested. */
  @Test
  void groupsAreOneOpUnlessDifferentiatedTwice() {
    Architecture plain = ComputedPair.plain(new R3Net(8, 1, 32, 3));
    assertEquals(0, splits(plain, Pass.training()));
    assertTrue(splits(plain, Pass.training().full()) > 0);
  }

  private static long splits(Architecture pair, Pass pass) {
    try (ScratchGraph graph = new ScratchGraph()) {
      PlayedPair played = new PlayedPair(graph, pair, BATCH, pass);
      assertTrue(!played.operands().isEmpty());
      return count(graph, "Split");
    }
  }

  private static long count(ScratchGraph graph, String type) {
    long found = 0;
    for (Iterator<GraphOperation> ops = graph.operations(); ops.hasNext(); ) {
      found += ops.next().type().equals(type) ? 1 : 0;
    }
    return found;
  }
}
