package org.sparring.nets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.NetException;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Gradients;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The pairs of Miyato et al. 2018 and of R3GAN. */
class DeepPairsTest {

  @Test
  void theStandardPairHasTheParametersOfTable3() {
    // dense 128 → 4·4·512; 4×4 kernels 512 → 256 → 128 → 64, a scale and an offset each; 3×3 to 3
    long dense = 128 * 8192 + 8192;
    long up = 2097152 + 512 + 524288 + 256 + 131072 + 128;
    long generator = dense + up + 9 * 64 * 3 + 3;
    // 3×3: 3 → 64, 64 → 128, 128 → 256, 256 → 512; 4×4: 64, 128, 256; dense 4·4·512 → 1
    long same = (1728 + 64) + (73728 + 128) + (294912 + 256) + (1179648 + 512);
    long down = (65536 + 64) + (262144 + 128) + (1048576 + 256);
    assertParameters(new SnDcgan(32, 3, 64, 128), generator, same + down + 8192 + 1);
  }

  @Test
  void theResidualPairHasTheParametersOfTable4() {
    // dense 128 → 4·4·256; a block: two norms, two 3×3 kernels, 1×1
    long block = 2 * 512 + 2 * 589824 + 65536;
    long generator = (128 * 4096 + 4096) + 3 * block + 512 + 9 * 256 * 3 + 3;
    // 3 → 128 with 1×1 of 3 → 128; 128 → 128 with 1×1; two without
    long filter = 147456 + 128;
    long first = (3456 + 128) + filter + 384;
    long second = 2 * filter + 16384;
    var form = new DiscriminatorForm(128, Normalization.SPECTRAL, 1);
    assertParameters(
        new SnResNet(32, 3, 256, 2, 128, form), generator, first + second + 4 * filter + 129);
  }

  @Test
  void theR3PairHasTheParametersCountedByHand() {
    // 28 = 7·2²: three sides of two blocks; 1×1 16 → 32, bias, 3×3 in 2 groups of 16, bias, 1×1
    long block = 16 * 32 + 32 + 9 * 16 * 32 + 32 + 32 * 16;
    long generator = 5 * 16 + 49 * 16 + 6 * block + 16 * 3;
    long discriminator = 3 * 16 + 6 * block + 49 * 16 + 16 + 1;
    assertParameters(new R3Net(28, 3, 16, 5), generator, discriminator);
  }

  @Test
  void sidesBeyondTheFourthAreHalfAsWide() {
    // 64 = 4·2⁴: 16 channels at 4 to 32, 8 at 64, where an expansion makes one group of 16
    long wide = 16 * 32 + 32 + 9 * 16 * 32 + 32 + 32 * 16;
    long narrow = 8 * 16 + 16 + 9 * 16 * 16 + 16 + 16 * 8;
    long generator = 5 * 16 + 16 * 16 + 4 * wide + 16 * 8 + narrow + 8;
    long discriminator = 8 + narrow + 8 * 16 + 4 * wide + 16 * 16 + 16 + 1;
    var form = new DiscriminatorForm(16, Normalization.NONE, 1);
    assertParameters(new R3Net(64, 1, 16, 1, 5, form), generator, discriminator);
  }

  static Stream<Architecture> pairs() {
    return Stream.of(
        new SnDcgan(8, 1, 2, 3),
        new SnDcgan(28, 3, 2, 3, new DiscriminatorForm(3, Normalization.BATCH, 1)),
        new SnDcgan(64, 4, 1, 3, new DiscriminatorForm(1, Normalization.NONE, 1)),
        new SnResNet(8, 1, 2, 3),
        new SnResNet(28, 3, 4, 1, 3, new DiscriminatorForm(3, Normalization.BATCH, 1)),
        new SnResNet(64, 4, 2, 3, 3, new DiscriminatorForm(5, Normalization.NONE, 1)),
        new R3Net(8, 1, 2, 3),
        new R3Net(28, 3, 8, 1, 3, new DiscriminatorForm(16, Normalization.NONE, 1)),
        new R3Net(64, 4, 3, 1, 3, new DiscriminatorForm(2, Normalization.NONE, 1)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whatOneGeneratesTheOtherCanJudge(Architecture nets) {
    for (int batch : new int[] {1, 5}) {
      assertShapes(nets, batch);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void anUnknownBatchIsGeneratedAndEachImageIsThatOfItsLatent(Architecture nets) {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      Generator generator = nets.generator(graph.variables());
      graph.initialize();
      var z = graph.input(Shape.of(Shape.UNKNOWN_SIZE, 3), GradientCheck.noise(15, 1));
      var one = graph.input(Shape.of(1, 3), Arrays.copyOfRange(graph.values(z), 6, 9));
      Weights weights = Weights.read(tf, generator.variables());
      float[] all = graph.floats(generator.generate(tf, weights, z, Pass.inference()));
      float[] third = graph.floats(generator.generate(tf, weights, one, Pass.inference()));
      assertEquals(5 * generator.sampleShape().size(), all.length);
      for (int i = 0; i < third.length; i++) {
        assertEquals(third[i], all[2 * third.length + i], 1e-5);
        assertTrue(Math.abs(third[i]) <= 1, "" + third[i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyTrainedVariableMovesWhatItsNetworkSays(Architecture nets) {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      Generator g = nets.generator(graph.variables());
      Discriminator d = nets.discriminator(graph.variables());
      graph.initialize();
      Shape images = Shape.of(4).append(g.sampleShape());
      var x = graph.input(images, GradientCheck.noise((int) images.size(), 2));
      var z = graph.input(Shape.of(4, 3), GradientCheck.noise(12, 3));
      for (boolean judging : new boolean[] {true, false}) {
        List<Variable<TFloat32>> of = judging ? d.variables() : g.variables();
        Map<Variable<TFloat32>, Operand<TFloat32>> random = random(tf, of);
        Operand<TFloat32> y =
            judging
                ? d.judge(tf, Weights.of(random), x, Pass.training())
                : g.generate(tf, Weights.of(random), z, Pass.training());
        List<Variable<TFloat32>> trained = of.stream().filter(Variable::trainable).toList();
        List<Operand<TFloat32>> at = trained.stream().map(random::get).toList();
        List<float[]> found = graph.floats(Gradients.of(tf, tf.nn.l2Loss(y), at));
        for (int i = 0; i < trained.size(); i++) {
          float[] gradient = found.get(i);
          boolean moves = IntStream.range(0, gradient.length).anyMatch(k -> gradient[k] != 0);
          assertTrue(moves, trained.get(i).name());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void anR3NetworkIsLinearInItsInputAtFirst(int blocks) {
    // the last kernel of each block starts at 0: D(2x) = 2·D(x)
    var form = new DiscriminatorForm(8, Normalization.NONE, 1);
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      Discriminator d = new R3Net(16, 2, 8, blocks, 3, form).discriminator(graph.variables());
      graph.initialize();
      var x = graph.input(Shape.of(3, 16, 16, 2), GradientCheck.noise(3 * 512, 1));
      Weights weights = Weights.read(tf, d.variables());
      float[] once = graph.floats(d.judge(tf, weights, x, Pass.training()));
      var twice = tf.math.mul(tf.constant(2f), x);
      float[] doubled = graph.floats(d.judge(tf, weights, twice, Pass.training()));
      for (int i = 0; i < once.length; i++) {
        assertTrue(Math.abs(once[i]) > 1e-3, "nothing to check");
        assertEquals(2 * once[i], doubled[i], 1e-5 * Math.abs(doubled[i]) + 1e-6);
      }
    }
  }

  @Test
  void anR3GeneratorIsCutToTheRangeOfImagesInInferenceOnly() {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      Generator g = new R3Net(8, 1, 8, 3).generator(graph.variables());
      graph.initialize();
      var z = graph.input(Shape.of(2, 3), 90, -90, 40, 9, 9, -70);
      Weights weights = Weights.read(tf, g.variables());
      float[] free = graph.floats(g.generate(tf, weights, z, Pass.training()));
      float[] cut = graph.floats(g.generate(tf, weights, z, Pass.inference()));
      boolean beyond = false;
      for (int i = 0; i < free.length; i++) {
        beyond |= Math.abs(free[i]) > 1;
        assertEquals(Math.max(-1, Math.min(1, free[i])), cut[i], 1e-6);
      }
      assertTrue(beyond, "nothing to cut");
    }
  }

  @ParameterizedTest
  @CsvSource({"SPECTRAL, spectral", "BATCH, batch"})
  void anR3PairRefusesNormalization(Normalization normalization, String label) {
    var form = new DiscriminatorForm(8, normalization, 1);
    var e = assertThrows(NetException.class, () -> new R3Net(16, 1, 8, 1, 3, form));
    assertEquals("an R3 pair has no normalisation, found " + label, e.getMessage());
  }

  @Test
  void whatCannotBeBuiltIsRefusedByName() {
    var form = new DiscriminatorForm(8, Normalization.NONE, 1);
    assertRefused("blocks must be at least 1, found 0", () -> new R3Net(16, 1, 8, 0, 3, form));
    assertRefused("blocks must be at least 1, found 0", () -> new SnResNet(16, 1, 8, 0, 3, form));
    assertRefused("channels must be 1 to 4, found 5", () -> new SnDcgan(16, 5, 8, 3));
    assertRefused("latent must be at least 1, found 0", () -> new SnResNet(16, 1, 8, 0));
    String side = "a convolutional pair needs a side s·2^k with s from 4 to 15 and k at least 1";
    assertRefused(side + " (28, 32, 48, 64, 128, …), found 17", () -> new SnDcgan(17, 1, 8, 3));
  }

  private static void assertRefused(String message, Runnable making) {
    assertEquals(message, assertThrows(NetException.class, making::run).getMessage());
  }

  private static void assertParameters(Architecture nets, long generator, long discriminator) {
    try (ScratchGraph graph = new ScratchGraph()) {
      assertEquals(generator, trainable(nets.generator(graph.variables()).variables()));
      assertEquals(discriminator, trainable(nets.discriminator(graph.variables()).variables()));
    }
  }

  private static void assertShapes(Architecture nets, int batch) {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      Generator g = nets.generator(graph.variables());
      Discriminator d = nets.discriminator(graph.variables());
      assertFalse(d.variables().isEmpty());
      var z = graph.input(Shape.of(batch, nets.latent()));
      for (Pass pass : List.of(Pass.training(), Pass.recording(), Pass.inference())) {
        var image = g.generate(tf, Weights.read(tf, g.variables()), z, pass);
        assertEquals(Shape.of(batch).append(g.sampleShape()), image.shape());
        var logits = d.judge(tf, Weights.read(tf, d.variables()), image, pass);
        assertEquals(Shape.of(batch, 1), logits.shape());
      }
    }
  }

  /** Normal values of the deviation that keeps activations at their scale. */
  private static Map<Variable<TFloat32>, Operand<TFloat32>> random(
      Ops tf, List<Variable<TFloat32>> variables) {
    Map<Variable<TFloat32>, Operand<TFloat32>> values = new HashMap<>();
    for (Variable<TFloat32> v : variables) {
      long out = v.shape().get(v.shape().numDimensions() - 1);
      float deviation = (float) Math.sqrt((double) out / v.shape().size());
      float[] noise = GradientCheck.noise((int) v.shape().size(), values.size());
      values.put(
          v,
          tf.math.mul(
              tf.constant(deviation),
              tf.reshape(tf.constant(noise), tf.constant(v.shape().asArray()))));
    }
    return values;
  }

  private static long trainable(List<Variable<TFloat32>> variables) {
    return variables.stream().filter(Variable::trainable).mapToLong(v -> v.shape().size()).sum();
  }
}
