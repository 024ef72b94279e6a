package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.assembly.Assembly;
import org.sparring.data.GlyphSource;
import org.sparring.graph.KernelRegistry;
import org.sparring.natives.Flavour;
import org.sparring.recipes.RecipeReader;
import org.sparring.training.TrainingGraph;
import org.tensorflow.GraphOperation;

/**
 * Every op of a step has a kernel for the GPU: one that has not would wait for the host in each
 * step. The natives of the GPU tell it, also on a machine that has none.
 */
@Tag("gpu")
class GpuPlacementTest {
  /** The numbers of a batch's images: some integers, which the host hands over ahead of a step. */
  private static final Set<String> ON_THE_HOST = Set.of("RandomIndexShuffle DT_INT64[4]");

  @ParameterizedTest
  @CsvSource({
    "dcgan, none, none, alternating",
    "dcgan, none, color+translation+cutout, simultaneous",
    "dcgan5, none, none, extra-gradient",
    "sndcgan, none, none, lookahead",
    "resnet, gradient-penalty, none, optimistic",
    "r3, r1, none, alternating",
    "mlp, r1, none, consensus"
  })
  void everyOpOfAStepHasAKernelForTheGpu(String net, String penalty, String augment, String rule) {
    assumeTrue(Flavour.onClassPath() == Flavour.GPU, "natives without the GPU's kernels");
    KernelRegistry kernels = new KernelRegistry();
    for (String precision : new String[] {"tf32", "mixed_bfloat16"}) {
      if (precision.equals("mixed_bfloat16") && rule.equals("consensus")) {
        continue; // refused
      }
      RecipeReader reader =
          new RecipeReader()
              .set("net.kind", net)
              .set("net.width", "16")
              .set("batch", "4")
              .set("penalty.kind", penalty)
              .set("augment.kind", augment)
              .set("game.rule", rule)
              .set("data.channels", "3")
              .set("meters.steps", "0")
              .set("device.precision", precision);
      if (!penalty.equals("none")) {
        reader.set("net.discriminator_norm", "none");
      }
      TrainingGraph training = new Assembly(reader.recipe()).graph(new GlyphSource(16, 32, 3, 1));
      try {
        Set<String> without = new TreeSet<>();
        int counted = 0;
        for (GraphOperation op :
            training
                .graph()
                .subgraphToOps(Set.of((GraphOperation) training.steps().plain().done().op()))) {
          counted++;
          if (!kernels.has(op, "GPU")) {
            without.add(op.type() + types(op));
          }
        }
        assertTrue(counted > 100, counted + " ops");
        without.removeAll(ON_THE_HOST);
        assertEquals(Set.of(), without, precision);
      } finally {
        training.graph().close();
      }
    }
  }

  private static String types(GraphOperation op) {
    StringBuilder types = new StringBuilder();
    for (int i = 0; i < op.numOutputs(); i++) {
      types.append(' ').append(op.output(i).dataType()).append(op.output(i).shape());
    }
    return types.toString();
  }
}
