package org.sparring.benchmarks.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.assembly.Assembly;
import org.sparring.benchmarks.steps.StepWork.Direction;
import org.sparring.data.GlyphSource;
import org.sparring.graph.Rectified;
import org.sparring.graph.ScratchGraph;
import org.sparring.natives.SessionOptions;
import org.sparring.training.TrainingGraph;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class StepWorkTest {
  // 8×8×1, width 4, latent 100, batch 2: G 100 → 4·4·4 → 8·8·1, D 8·8·1 → 4·4·4 → 1
  private static final long PROJECT = 2 * 100 * 64;
  private static final long UP0 = 2 * 16 * (16 * 4); // at each of 4×4 places 16·1·4 products
  private static final long DOWN0 = UP0;
  private static final long LOGIT = 2 * 64;

  @ParameterizedTest
  @ValueSource(strings = {"float32", "mixed_bfloat16"})
  void aStepIsCountedByLayerAndDirection(String precision) {
    Map<String, Long> counted = new TreeMap<>();
    for (StepWork.Product p : work("alternating", precision).products()) {
      counted.merge(p.layer() + " " + p.direction(), p.multiplyAdds(), Long::sum);
    }
    // the discriminator judges three times and learns from two; the image's slope is the third's
    Map<String, Long> expected =
        new TreeMap<>(
            Map.of(
                "generator/project " + Direction.FORWARD, PROJECT,
                "generator/project " + Direction.WEIGHT_GRADIENT, PROJECT,
                "generator/up0 " + Direction.FORWARD, UP0,
                "generator/up0 " + Direction.INPUT_GRADIENT, UP0,
                "generator/up0 " + Direction.WEIGHT_GRADIENT, UP0,
                "discriminator/down0 " + Direction.FORWARD, 3 * DOWN0,
                "discriminator/down0 " + Direction.INPUT_GRADIENT, DOWN0,
                "discriminator/down0 " + Direction.WEIGHT_GRADIENT, 2 * DOWN0,
                "discriminator/logit " + Direction.FORWARD, 3 * LOGIT,
                "discriminator/logit " + Direction.INPUT_GRADIENT, 3 * LOGIT));
    expected.put("discriminator/logit " + Direction.WEIGHT_GRADIENT, 2 * LOGIT);
    assertEquals(expected, counted);
  }

  @Test
  void playersThatMoveAtOnceShareTheirPasses() {
    // two judgements, and of the fake one the slope goes on to the image
    long shared =
        work("simultaneous", "float32").products().stream()
            .filter(p -> p.layer().equals("discriminator/down0"))
            .mapToLong(StepWork.Product::multiplyAdds)
            .sum();
    assertEquals((2 + 1 + 2) * DOWN0, shared);
  }

  @Test
  void bytesAreThoseOfFactorsAndResults() {
    StepWork.Product project =
        work("alternating", "float32").products().stream()
            .filter(p -> p.layer().equals("generator/project"))
            .findFirst()
            .orElseThrow();
    assertEquals(4 * (2 * 100 + 100 * 64 + 2 * 64), project.bytes());
  }

  /** A carrier hands on its inputs. */
  @Test
  void carriersMoveNoBytes() {
    try (ScratchGraph graph = new ScratchGraph()) {
      var x = graph.input(Shape.of(1, 2, 2, 1), 1, 2, 3, 4);
      var plain = graph.tf().math.neg(graph.tf().nn.leakyRelu(x));
      var carried = graph.tf().math.neg(Rectified.of(graph.tf(), x, 0.2f));
      assertEquals(otherBytes(graph, plain), otherBytes(graph, carried));
    }
  }

  private static long otherBytes(ScratchGraph graph, Operand<TFloat32> target) {
    GraphOperation op = (GraphOperation) target.asOutput().op();
    return StepWork.of((Graph) graph.tf().scope().env(), op).otherBytes();
  }

  @Test
  void theProductsAloneRunOnFactorsOfTheirOwn() {
    TrainingGraph training = training("alternating", "mixed_bfloat16");
    try {
      List<StepWork.Product> products = work(training).products();
      try (StepLimit limit = new StepLimit(products, SessionOptions.CPU)) {
        limit.run();
        for (int i = 0; i < products.size(); i++) {
          limit.run(i);
        }
      }
    } finally {
      training.graph().close();
    }
  }

  private static StepWork work(String rule, String precision) {
    TrainingGraph training = training(rule, precision);
    try {
      return work(training);
    } finally {
      training.graph().close();
    }
  }

  private static StepWork work(TrainingGraph training) {
    return StepWork.of(training.graph(), (GraphOperation) training.steps().plain().done().op());
  }

  private static TrainingGraph training(String rule, String precision) {
    StepConfiguration configuration =
        StepConfiguration.of(
            List.of(
                "net=dcgan-32", "width=4", "batch=2", "rule=" + rule, "precision=" + precision));
    return new Assembly(configuration.recipe()).graph(new GlyphSource(4, 8, 1, 1));
  }
}
