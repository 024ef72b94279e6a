package org.sparring.nets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.graph.Agreement.cosine;
import static org.sparring.graph.Agreement.distance;
import static org.sparring.graph.Agreement.joined;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.graph.Batch;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Weights;
import org.sparring.layers.Bfloat16;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pass;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

class MixedPrecisionTest {
  private static final int BATCH = 8;

  /** The work of a convolutional network. */
  private static final Set<String> WORK =
      Set.of("Conv2D", "Conv2DBackpropInput", "Conv2DBackpropFilter", "FusedBatchNormV3");

  static Stream<Architecture> pairs() {
    var plain = new DiscriminatorForm(4, Normalization.NONE, 1);
    return Stream.of(
        new Dcgan(16, 1, 4, 3),
        new Dcgan(8, 3, 4, 3, new DiscriminatorForm(4, Normalization.SPECTRAL, 2)),
        new Dcgan5(17, 1, 4, 3, plain),
        new SnDcgan(8, 1, 4, 3),
        new SnResNet(8, 2, 4, 3),
        new R3Net(8, 2, 8, 3),
        new Mlp(Shape.of(2), 6, 2, 3),
        new Mlp(Shape.of(4, 4, 2), 6, 3, 3),
        new MaxoutMlp(2, 6, 3, 3, plain),
        ConditionalTest.pair(Labelling.Kind.PROJECTION));
  }

  static Stream<Arguments> pairsInEachForm() {
    return pairs().flatMap(p -> Stream.of(Bfloat16.values()).map(form -> Arguments.of(p, form)));
  }

  @ParameterizedTest
  @MethodSource("pairsInEachForm")
  void imagesLogitsAndGradientsAreThoseOfFloat32ToTheRounding(Architecture pair, Bfloat16 form) {
    PlayedPair.Results expected = results(pair);
    PlayedPair.Results found = results(ComputedPair.mixed(pair, form));
    // bfloat16 has 8 bits: a rounding is up to 2⁻⁹, a few dozen of them in a row some percent
    assertTrue(distance(expected.images(), found.images()) < 0.05, "images");
    assertTrue(distance(expected.logits(), found.logits()) < 0.05, "logits");
    assertTrue(
        cosine(joined(expected.generator()), joined(found.generator())) > 0.97,
        "gradients of the generator");
    assertTrue(
        cosine(joined(expected.discriminator()), joined(found.discriminator())) > 0.97,
        "gradients of the discriminator");
    // and they are not float32 after all
    assertFalse(Arrays.equals(expected.images(), found.images()), "the same numbers");
  }

  private static PlayedPair.Results results(Architecture pair) {
    try (ScratchGraph graph = new ScratchGraph()) {
      PlayedPair played = new PlayedPair(graph, pair, BATCH, Pass.training());
      graph.initialize();
      return played.results();
    }
  }

  /** In float32, and both factors of every product but the last have passed a cast to bfloat16. */
  @Test
  void roundedFactorsAreMultipliedInFloat32() {
    try (ScratchGraph graph = new ScratchGraph()) {
      Architecture pair = ComputedPair.mixed(new Dcgan(16, 1, 4, 3), Bfloat16.ROUNDED);
      var generator = pair.generator(graph.variables());
      var z = graph.tf().constant(new float[BATCH][3]);
      Weights weights = Weights.read(graph.tf(), generator.variables());
      generator.generate(graph.tf(), weights, Batch.of(Input.LATENT, z), Pass.training());
      assertEquals(Set.of(DataType.DT_FLOAT), types(graph, WORK::contains, "T"));
      // project, up0 and up1: three products of two factors
      assertEquals(6, count(graph, "Cast", "DstT", DataType.DT_BFLOAT16));
      assertEquals(6, count(graph, "Cast", "DstT", DataType.DT_FLOAT));
    }
  }

  @Test
  void everyProductAndNormOfADcganIsOfBfloat16ButTheLogits() {
    try (ScratchGraph graph = new ScratchGraph()) {
      var played =
          new PlayedPair(
              graph,
              ComputedPair.mixed(new Dcgan(16, 1, 4, 3), Bfloat16.NATIVE),
              BATCH,
              Pass.training());
      assertEquals(Set.of(DataType.DT_BFLOAT16), types(graph, WORK::contains, "T"));
      // project and its two gradients, the logit and its two
      assertEquals(
          Set.of(DataType.DT_BFLOAT16, DataType.DT_FLOAT), types(graph, "MatMul"::equals, "T"));
      assertEquals(Set.of(DataType.DT_FLOAT), types(graph, "FusedBatchNormV3"::equals, "U"));
      played.operands().forEach(t -> assertEquals(DataType.DT_FLOAT, t.asOutput().dataType()));
    }
  }

  /** Only from 128 channels on, only where it is asked for, and with the same results. */
  @Test
  void kernelGradientsAreProductsWhereTheseAreFaster() {
    Architecture wide = new Dcgan(16, 1, 128, 3);
    List<float[]> plain = gradients(ComputedPair.mixed(wide, Bfloat16.NATIVE), 0);
    List<float[]> products = gradients(ComputedPair.mixed(wide, Bfloat16.CPU), 2);
    for (int i = 0; i < plain.size(); i++) {
      double size = 0;
      double apart = 0;
      for (int k = 0; k < plain.get(i).length; k++) {
        size += Math.pow(plain.get(i)[k], 2);
        apart += Math.pow(plain.get(i)[k] - products.get(i)[k], 2);
      }
      assertTrue(apart <= 0.02 * 0.02 * size, "gradient " + i + ": " + Math.sqrt(apart / size));
    }
    gradients(ComputedPair.mixed(new Dcgan(16, 1, 64, 3), Bfloat16.CPU), 0);
  }

  /** Gradients of the generator and the discriminator; checks the number of carriers. */
  private static List<float[]> gradients(Architecture pair, int carriers) {
    try (ScratchGraph graph = new ScratchGraph()) {
      PlayedPair played = new PlayedPair(graph, pair, BATCH, Pass.training());
      assertEquals(carriers, graph.carriers("strided"));
      graph.initialize();
      PlayedPair.Results results = played.results();
      List<float[]> all = new ArrayList<>(results.generator());
      all.addAll(results.discriminator());
      return all;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"PROJECTION", "AUXILIARY"})
  void theHeadsOfAConditionalPairAreInFloat32(Labelling.Kind kind) {
    try (ScratchGraph graph = new ScratchGraph()) {
      Architecture pair = ComputedPair.mixed(ConditionalTest.pair(kind), Bfloat16.NATIVE);
      Discriminator d = pair.discriminator(graph.variables());
      Weights weights = Weights.read(graph.tf(), d.variables());
      var samples = graph.tf().constant(new float[][] {{1, 2}, {3, 4}});
      var classes = LabelInput.of(graph.tf().constant(new int[] {0, 1}));
      d.judgement(graph.tf(), weights, samples, classes, Pass.training());
      // two hidden layers in bfloat16; the logit, and the classes or their vectors
      assertEquals(2, count(graph, "MatMul", DataType.DT_BFLOAT16));
      assertEquals(2, count(graph, "MatMul", DataType.DT_FLOAT));
    }
  }

  @Test
  void inferenceMeasuredStatisticsAndFullPassesAreInFloat32() {
    for (Pass pass : List.of(Pass.inference(), Pass.measuring(), Pass.training().full())) {
      try (ScratchGraph graph = new ScratchGraph();
          ScratchGraph other = new ScratchGraph()) {
        Architecture pair = new Dcgan(8, 1, 3, 3);
        Operand<TFloat32> expected = images(graph, pair, pass);
        Operand<TFloat32> found = images(other, ComputedPair.mixed(pair, Bfloat16.NATIVE), pass);
        graph.initialize();
        other.initialize();
        assertArrayEquals(graph.floats(expected), other.floats(found));
        assertFalse(types(other, type -> true, "T").contains(DataType.DT_BFLOAT16));
      }
    }
  }

  @Test
  void aRecordingPassMovesTheStatisticsOfTheSharedPass() {
    try (ScratchGraph graph = new ScratchGraph()) {
      Pass pass = Pass.recording();
      images(graph, ComputedPair.mixed(new Dcgan(8, 1, 3, 3), Bfloat16.NATIVE), pass);
      // project's mean and variance
      assertEquals(2, pass.writes(graph.tf()).size());
    }
  }

  @Test
  void thePairSaysWhatTheInnerOneSays() {
    Architecture inner = ConditionalTest.pair(Labelling.Kind.AUXILIARY);
    Architecture mixed = ComputedPair.mixed(inner, Bfloat16.NATIVE);
    assertEquals(inner.latent(), mixed.latent());
    assertEquals(inner.form(), mixed.form());
    try (ScratchGraph graph = new ScratchGraph()) {
      Generator generator = mixed.generator(graph.variables());
      assertEquals(inner.latent(), generator.latent());
      assertEquals(inner.form().labelling().classes(), generator.classes());
      assertEquals(Shape.of(2), generator.sampleShape());
    }
  }

  private static Operand<TFloat32> images(ScratchGraph graph, Architecture pair, Pass pass) {
    Ops tf = graph.tf();
    Generator g = pair.generator(graph.variables());
    return g.generate(
        tf, Weights.read(tf, g.variables()), PlayedPair.latents(tf, pair, BATCH), pass);
  }

  /** The types that the ops of some kinds have in an attribute. */
  private static Set<DataType> types(ScratchGraph graph, Predicate<String> kind, String attribute) {
    List<GraphOperation> ops = new ArrayList<>();
    ((Graph) graph.tf().scope().env()).operations().forEachRemaining(ops::add);
    return ops.stream()
        .filter(op -> kind.test(op.type()))
        .filter(op -> WORK.contains(op.type()) || op.type().equals("MatMul"))
        .map(op -> op.attributes().getAttrType(attribute))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static long count(ScratchGraph graph, String kind, DataType type) {
    return count(graph, kind, "T", type);
  }

  private static long count(ScratchGraph graph, String kind, String attribute, DataType type) {
    List<GraphOperation> ops = new ArrayList<>();
    ((Graph) graph.tf().scope().env()).operations().forEachRemaining(ops::add);
    return ops.stream()
        .filter(op -> op.type().equals(kind) && op.attributes().getAttrType(attribute) == type)
        .count();
  }
}
