package org.sparring.nets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.errors.NetException;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pass;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** The pairs of the published mode-collapse protocols. */
class ModePairsTest {
  private static final DiscriminatorForm RING = new DiscriminatorForm(200, Normalization.NONE, 1);

  @Test
  void theRingPairHasTheParametersCountedByHand() {
    // G: 2·400, 3·(400·400), a norm of 2·400 each, 400·2 + 2
    long generator = 800 + 3 * 160000 + 4 * 800 + 802;
    // D: 2·1000 + 1000, 2·(200·1000 + 1000), 200 + 1: 200 units of five pieces
    long discriminator = 3000 + 2 * 201000 + 201;
    assertParameters(new MaxoutMlp(2, 400, 4, 2, RING), generator, discriminator);
  }

  @Test
  void theStackedMnistPairHasTheParametersCountedByHand() {
    // G: 100·(2·2·512) + 2·512, 25·512·256 + 2·256, 25·256·128 + 2·128, 25·128·64 + 2·64, 25·64·3 +
    // 3
    long generator = 204800 + 1024 + 3276800 + 512 + 819200 + 256 + 204800 + 128 + 4800 + 3;
    // D: 25·3·64, 25·64·128 + 2·128, 25·128·256 + 2·256, 25·256·512 + 2·512, 2·2·512 + 1
    long discriminator = 4800 + 204800 + 256 + 819200 + 512 + 3276800 + 1024 + 2049;
    assertParameters(new Dcgan5(28, 3, 64, 100), generator, discriminator);
  }

  @ParameterizedTest
  @CsvSource({"16, 1, 1", "28, 3, 5", "31, 4, 2", "32, 1, 3", "64, 3, 1"})
  void whatOneOfFieldFiveGeneratesTheOtherCanJudge(int side, int channels, int batch) {
    for (Normalization normalization : Normalization.values()) {
      var form = new DiscriminatorForm(3, normalization, 1);
      assertShapes(new Dcgan5(side, channels, 2, 3, form), Shape.of(side, side, channels), batch);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 5", "3, 2"})
  void whatOneOfMaxoutGeneratesTheOtherCanJudge(int dimensions, int batch) {
    for (Normalization normalization : Normalization.values()) {
      var form = new DiscriminatorForm(3, normalization, 1);
      assertShapes(new MaxoutMlp(dimensions, 4, 3, 2, form), Shape.of(dimensions), batch);
    }
  }

  @Test
  void whatCannotBeBuiltIsRefusedByName() {
    assertRefused(
        "depth must be at least 2 with a maxout discriminator, found 1",
        () -> new MaxoutMlp(2, 4, 1, 2, RING));
    assertRefused("dimensions must be at least 1, found 0", () -> new MaxoutMlp(0, 4, 4, 2, RING));
    assertRefused("width must be at least 1, found 0", () -> new MaxoutMlp(2, 0, 4, 2, RING));
    assertRefused("latent must be at least 1, found 0", () -> new MaxoutMlp(2, 4, 4, 0, RING));
    assertRefused(
        "a DCGAN of 5×5 kernels needs a side of 16 to 256, found 15",
        () -> new Dcgan5(15, 1, 4, 2));
    assertRefused("channels must be 1 to 4, found 5", () -> new Dcgan5(16, 5, 4, 2));
    assertRefused("width must be at least 1, found 0", () -> new Dcgan5(16, 1, 0, 2));
    assertRefused("latent must be at least 1, found 0", () -> new Dcgan5(16, 1, 4, 0));
  }

  private static void assertRefused(
      String message, org.junit.jupiter.api.function.Executable making) {
    assertEquals(message, assertThrows(NetException.class, making).getMessage());
  }

  private static void assertParameters(Architecture nets, long generator, long discriminator) {
    try (ScratchGraph graph = new ScratchGraph()) {
      assertEquals(generator, trainable(nets.generator(graph.variables()).variables()));
      assertEquals(discriminator, trainable(nets.discriminator(graph.variables()).variables()));
    }
  }

  private static void assertShapes(Architecture nets, Shape sample, int batch) {
    try (ScratchGraph graph = new ScratchGraph()) {
      var tf = graph.tf();
      Generator g = nets.generator(graph.variables());
      Discriminator d = nets.discriminator(graph.variables());
      var z = graph.input(Shape.of(batch, nets.latent()), new float[batch * nets.latent()]);
      graph.initialize();
      for (Pass pass : List.of(Pass.training(), Pass.recording(), Pass.inference())) {
        var samples = g.generate(tf, Weights.read(tf, g.variables()), z, pass);
        assertEquals(Shape.of(batch).append(sample), samples.shape());
        var logits = d.judge(tf, Weights.read(tf, d.variables()), samples, pass);
        assertEquals(Shape.of(batch, 1), logits.shape());
        assertEquals(batch, graph.floats(logits).length);
      }
    }
  }

  private static long trainable(List<Variable<TFloat32>> variables) {
    return variables.stream().filter(Variable::trainable).mapToLong(v -> v.shape().size()).sum();
  }
}
