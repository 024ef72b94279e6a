package org.sparring.nets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.graph.Gradients;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.graph.Weights;
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

  @ParameterizedTest
  @MethodSource("pairs")
  void imagesLogitsAndGradientsAreThoseOfFloat32ToTheRounding(Architecture pair) {
    try (ScratchGraph graph = new ScratchGraph()) {
      Played full = new Played(graph, pair, Pass.training());
      graph.initialize();
      List<float[]> expected = graph.floats(full.told);
      try (ScratchGraph other = new ScratchGraph()) {
        Played mixed = new Played(other, new MixedPrecision(pair), Pass.training());
        other.initialize();
        List<float[]> found = other.floats(mixed.told);
        // bfloat16 has 8 bits: a rounding is up to 2⁻⁹, a few dozen of them in a row some percent
        assertTrue(distance(expected.get(0), found.get(0)) < 0.05, "images");
        assertTrue(distance(expected.get(1), found.get(1)) < 0.05, "logits");
        assertTrue(cosine(expected.get(2), found.get(2)) > 0.97, "gradients of the generator");
        assertTrue(cosine(expected.get(3), found.get(3)) > 0.97, "gradients of the discriminator");
        // and they are not float32 after all
        assertFalse(Arrays.equals(expected.get(0), found.get(0)), "the same numbers");
      }
    }
  }

  @Test
  void everyProductAndNormOfADcganIsOfBfloat16ButTheLogits() {
    try (ScratchGraph graph = new ScratchGraph()) {
      var played = new Played(graph, new MixedPrecision(new Dcgan(16, 1, 4, 3)), Pass.training());
      assertEquals(Set.of(DataType.DT_BFLOAT16), types(graph, WORK::contains, "T"));
      // project and its two gradients, the logit and its two
      assertEquals(
          Set.of(DataType.DT_BFLOAT16, DataType.DT_FLOAT), types(graph, "MatMul"::equals, "T"));
      assertEquals(Set.of(DataType.DT_FLOAT), types(graph, "FusedBatchNormV3"::equals, "U"));
      played.told.forEach(t -> assertEquals(DataType.DT_FLOAT, t.asOutput().dataType()));
    }
  }

  @Test
  void inferenceMeasuredStatisticsAndFullPassesAreInFloat32() {
    for (Pass pass : List.of(Pass.inference(), Pass.measuring(), Pass.training().full())) {
      try (ScratchGraph graph = new ScratchGraph();
          ScratchGraph other = new ScratchGraph()) {
        Architecture pair = new Dcgan(8, 1, 3, 3);
        Operand<TFloat32> expected = images(graph, pair, pass);
        Operand<TFloat32> found = images(other, new MixedPrecision(pair), pass);
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
      images(graph, new MixedPrecision(new Dcgan(8, 1, 3, 3)), pass);
      // project's mean and variance
      assertEquals(2, pass.writes(graph.tf()).size());
    }
  }

  @Test
  void thePairSaysWhatTheInnerOneSays() {
    Architecture inner = ConditionalTest.pair(Labelling.Kind.AUXILIARY);
    Architecture mixed = new MixedPrecision(inner);
    assertEquals(inner.latent(), mixed.latent());
    assertEquals(inner.form(), mixed.form());
    try (ScratchGraph graph = new ScratchGraph()) {
      Generator generator = mixed.generator(graph.variables());
      assertEquals(inner.latent(), generator.latent());
      assertEquals(inner.form().labelling().classes(), generator.classes());
      assertEquals(Shape.of(2), generator.sampleShape());
    }
  }

  /** Images, logits and the gradients of the mean logit. */
  private static final class Played {
    private final List<Operand<TFloat32>> told = new ArrayList<>();

    Played(ScratchGraph graph, Architecture pair, Pass pass) {
      Ops tf = graph.tf();
      Generator g = pair.generator(graph.variables());
      Discriminator d = pair.discriminator(graph.variables());
      Weights gs = Weights.read(tf, g.variables());
      Weights ds = Weights.read(tf, d.variables());
      Condition classes = Condition.inTurn(tf, g, BATCH);
      Operand<TFloat32> z = latents(tf, pair);
      Operand<TFloat32> images = g.generate(tf, gs, z, classes, pass);
      Operand<TFloat32> logits = d.judgement(tf, ds, images, classes, pass).logits();
      Operand<TFloat32> value = tf.sum(tf.math.softplus(logits), tf.constant(new int[] {0, 1}));
      told.add(images);
      told.add(logits);
      told.add(gradient(tf, value, gs.get(graph.variables().trainable(Owner.GENERATOR))));
      told.add(gradient(tf, value, ds.get(graph.variables().trainable(Owner.DISCRIMINATOR))));
    }

    private static Operand<TFloat32> gradient(
        Ops tf, Operand<TFloat32> value, List<Operand<TFloat32>> weights) {
      List<Operand<TFloat32>> flat =
          Gradients.of(tf, value, weights).stream()
              .<Operand<TFloat32>>map(slope -> tf.reshape(slope, tf.constant(new int[] {-1})))
              .toList();
      return tf.concat(flat, tf.constant(0));
    }
  }

  private static Operand<TFloat32> images(ScratchGraph graph, Architecture pair, Pass pass) {
    Ops tf = graph.tf();
    Generator g = pair.generator(graph.variables());
    return g.generate(tf, Weights.read(tf, g.variables()), latents(tf, pair), pass);
  }

  private static Operand<TFloat32> latents(Ops tf, Architecture pair) {
    return new Latent(pair.latent(), Latent.Distribution.NORMAL)
        .sample(tf, BATCH, new Seeds(5).once(tf, "z"));
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

  /** ‖a − b‖ ÷ ‖a‖. */
  private static double distance(float[] a, float[] b) {
    double apart = 0;
    double length = 0;
    for (int i = 0; i < a.length; i++) {
      apart += Math.pow((double) a[i] - b[i], 2);
      length += Math.pow(a[i], 2);
    }
    return Math.sqrt(apart / length);
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      first += Math.pow(a[i], 2);
      second += Math.pow(b[i], 2);
    }
    return product / Math.sqrt(first * second);
  }
}
