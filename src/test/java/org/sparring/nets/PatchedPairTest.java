package org.sparring.nets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.graph.Agreement.distance;
import static org.sparring.graph.Agreement.joined;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.StridedSize;
import org.sparring.layers.Pass;

class PatchedPairTest {
  private static final int BATCH = 4;
  private static final Architecture PAIR = new Dcgan(16, 1, 8, 3);
  private static final Architecture PATCHED =
      ComputedPair.patched(PAIR, Set.of(new StridedSize(8, 8, 16)));

  @Test
  void imagesLogitsAndGradientsAreTensorFlows() {
    try (ScratchGraph graph = new ScratchGraph();
        ScratchGraph other = new ScratchGraph()) {
      PlayedPair plain = new PlayedPair(graph, PAIR, BATCH, Pass.training());
      PlayedPair patched = new PlayedPair(other, PATCHED, BATCH, Pass.training());
      assertEquals(0, graph.carriers("strided"));
      // up0 of the generator, and down1 of the discriminator
      assertEquals(2, other.carriers("strided"));
      graph.initialize();
      other.initialize();
      PlayedPair.Results expected = plain.results();
      PlayedPair.Results found = patched.results();
      assertTrue(distance(expected.images(), found.images()) < 1e-5, "images");
      assertTrue(distance(expected.logits(), found.logits()) < 1e-5, "logits");
      assertTrue(
          distance(joined(expected.generator()), joined(found.generator())) < 1e-4, "generator");
      assertTrue(
          distance(joined(expected.discriminator()), joined(found.discriminator())) < 1e-4,
          "discriminator");
    }
  }

  @Test
  void inferenceAndFullPassesUseTensorFlowsConvolutions() {
    for (Pass pass : new Pass[] {Pass.inference(), Pass.measuring(), Pass.training().full()}) {
      try (ScratchGraph graph = new ScratchGraph()) {
        PlayedPair played = new PlayedPair(graph, PATCHED, BATCH, pass);
        assertTrue(!played.operands().isEmpty());
        assertEquals(0, graph.carriers("strided"));
      }
    }
  }
}
