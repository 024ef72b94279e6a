package org.sparring.nets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparring.errors.NetException;
import org.sparring.graph.Batch;
import org.sparring.graph.Fans;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Activations;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pass;
import org.sparring.nets.Labelling.Kind;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class ConditionalTest {
  private static final int CLASSES = 3;
  private static final int EMBEDDING = 2;
  private static final int LATENT = 4;

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();

  @AfterEach
  void close() {
    graph.close();
  }

  static Architecture pair(Kind kind) {
    var labelling = new Labelling(kind, CLASSES, EMBEDDING);
    var form = new DiscriminatorForm(5, Normalization.NONE, 1, labelling);
    return new Conditional(new Mlp(Shape.of(2), 6, 2, LATENT + EMBEDDING, form));
  }

  @Test
  void aProjectionAddsTheClassVectorTimesTheFeatures() {
    // φ(x) = x, ψ(φ) = 0, v = rows of a table: the logit is the row of the class times x
    var table = graph.input(Shape.of(3, 2), 1, 2, 3, 5, 7, 11);
    Layer vectors = (ops, w, y, pass) -> ops.linalg.matMul(y, Activations.floating(table));
    Layer nothing =
        (ops, w, x, pass) ->
            ops.math.mul(ops.slice(x, from(0, 0), from(-1, 1)), Activations.floating(zero()));
    var net = new ProjectionDiscriminator(Layers.identity(), nothing, vectors, 3, List.of());
    var x = graph.input(Shape.of(2, 2), 10, 1, 10, 1);
    Operand<TFloat32> logits =
        net.judgement(tf, Weights.of(Map.of()), x, labels(2, 0), Pass.training()).logits();
    assertEquals(Shape.of(2, 1), logits.shape());
    assertArrayEquals(new float[] {81, 12}, graph.floats(logits));
    GradientCheck.check(graph, logits, List.of(x, table));
  }

  @Test
  void aGeneratorIsGivenTheRowOfItsClassBehindZ() {
    Layer echo = Layers.identity();
    var table =
        graph
            .variables()
            .weight(
                Owner.GENERATOR,
                "classes",
                Shape.of(3, 2),
                Fans.of(Shape.of(3, 2)),
                Initializer.constant(0));
    var generator =
        new ConditionalGenerator(new LayeredGenerator(echo, 3, Shape.of(3), List.of()), table);
    assertEquals(List.of(1, 3), List.of(generator.latent(), generator.classes()));
    var rows = graph.input(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
    Weights weights = Weights.of(Map.of(table, rows));
    var z = graph.input(Shape.of(2, 1), 0.5f, 0.25f);
    var made =
        generator.generate(tf, weights, labels(2, 1).with(Input.LATENT, z), Pass.inference());
    assertArrayEquals(new float[] {0.5f, 5, 6, 0.25f, 3, 4}, graph.floats(made));
    GradientCheck.check(graph, made, List.of(z, rows));
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void everyPairCanBeConditional(Kind kind) {
    var labelling = new Labelling(kind, CLASSES, EMBEDDING);
    var spectral = new DiscriminatorForm(3, Normalization.SPECTRAL, 1, labelling);
    var batch = new DiscriminatorForm(3, Normalization.BATCH, 1, labelling);
    int longer = LATENT + EMBEDDING;
    for (Architecture pair :
        List.of(
            new Mlp(Shape.of(2), 4, 2, longer, spectral),
            new Mlp(Shape.of(4, 5, 2), 4, 2, longer, batch),
            new MaxoutMlp(2, 4, 3, longer, batch),
            new Dcgan(16, 2, 4, longer, spectral),
            new Dcgan5(20, 1, 4, longer, batch))) {
      try (ScratchGraph own = new ScratchGraph()) {
        var nets = new Conditional(pair);
        Generator g = nets.generator(own.variables());
        Discriminator d = nets.discriminator(own.variables());
        assertEquals(List.of(LATENT, CLASSES), List.of(g.latent(), g.classes()));
        assertEquals(LATENT, nets.latent());
        var z = own.input(Shape.of(5, LATENT));
        Batch labels = LabelInput.inOrder(own.tf(), g, 5);
        Batch inputs = labels.with(Input.LATENT, z);
        var made = g.generate(own.tf(), weights(own, g.variables()), inputs, Pass.training());
        assertEquals(Shape.of(5).append(g.sampleShape()), made.shape(), pair.toString());
        Judgement judged =
            d.judgement(own.tf(), weights(own, d.variables()), made, labels, Pass.training());
        assertEquals(Shape.of(5, 1), judged.logits().shape(), pair.toString());
        assertEquals(
            kind == Kind.AUXILIARY ? "[5, 3]" : "none",
            judged.classes().map(c -> c.shape().toString()).orElse("none"));
      }
    }
  }

  @Test
  void anotherClassIsAnotherSampleAndAnotherJudgement() {
    Architecture nets = pair(Kind.PROJECTION);
    Generator g = nets.generator(graph.variables());
    Discriminator d = nets.discriminator(graph.variables());
    var z = graph.input(Shape.of(1, LATENT), GradientCheck.noise(LATENT, 1));
    var first =
        g.generate(
            tf, weights(graph, g.variables()), labels(0).with(Input.LATENT, z), Pass.inference());
    var second =
        g.generate(
            tf, weights(graph, g.variables()), labels(1).with(Input.LATENT, z), Pass.inference());
    var of = d.judgement(tf, weights(graph, d.variables()), first, labels(0), Pass.training());
    var other = d.judgement(tf, weights(graph, d.variables()), first, labels(1), Pass.training());
    graph.initialize();
    List<float[]> found = graph.floats(List.of(first, second, of.logits(), other.logits()));
    assertTrue(Math.abs(found.get(0)[0] - found.get(1)[0]) > 1e-6);
    assertTrue(Math.abs(found.get(2)[0] - found.get(3)[0]) > 1e-9);
  }

  /** Louder ones drown z: a generator of MNIST then learnt one image a class. */
  @Test
  void aClassBeginsAsLoudAsOneComponentOfZ() {
    var labelling = new Labelling(Kind.PROJECTION, 1000, 50);
    var form = new DiscriminatorForm(1, Normalization.NONE, 1, labelling);
    var nets = new Conditional(new Mlp(Shape.of(2), 2, 2, LATENT + 50, form));
    var table = nets.generator(graph.variables()).variables().get(0);
    var squares = tf.math.square(table.read(tf));
    graph.initialize();
    double sum = 0;
    for (float square : graph.floats(squares)) {
      sum += square;
    }
    // the mean of 1000 χ² of 50 over 50, deviation .2/√1000
    assertEquals(1, sum / 1000, 0.03);
  }

  @Test
  void labelsInOrderAreAsManyOfEachClass() {
    Generator g = pair(Kind.AUXILIARY).generator(graph.variables());
    var seven = LabelInput.inOrder(tf, g, 7).integers(Input.LABEL);
    assertArrayEquals(new float[] {0, 0, 0, 1, 1, 2, 2}, floats(seven));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Architecture nets = pair(Kind.PROJECTION);
    Generator g = nets.generator(graph.variables());
    Discriminator d = nets.discriminator(graph.variables());
    var z = graph.input(Shape.of(1, LATENT));
    var x = graph.input(Shape.of(1, 2));
    String needs = "a conditional network needs the label of each sample, found none";
    assertRefused(needs, () -> g.generate(tf, weights(graph, g.variables()), z, Pass.training()));
    assertRefused(needs, () -> d.judge(tf, weights(graph, d.variables()), x, Pass.training()));
    var plain = new LayeredDiscriminator(Layers.identity(), List.of());
    assertRefused(
        "expected no labels for an unconditional network, found some",
        () -> plain.judgement(tf, Weights.of(Map.of()), x, labels(0), Pass.training()));
    assertRefused(
        "a labelling needs 2 or more classes, found 1", () -> new Labelling(Kind.PROJECTION, 1, 2));
    assertRefused(
        "an embedding has at least 1 number, found 0", () -> new Labelling(Kind.AUXILIARY, 2, 0));
    assertRefused(
        "without labelling there are 0 classes and no embedding, found 2 and 0",
        () -> new Labelling(Kind.NONE, 2, 0));
    assertRefused(
        "packing must be 1 where samples have classes, found 2",
        () ->
            new DiscriminatorForm(
                1, Normalization.NONE, 2, new Labelling(Kind.PROJECTION, CLASSES, 1)));
    assertRefused(
        "a conditional pair needs a labelling in its form, found none",
        () -> new Conditional(new Mlp(Shape.of(2), 3, 2, 3)));
    var wide = new DiscriminatorForm(1, Normalization.NONE, 1, new Labelling(Kind.AUXILIARY, 2, 3));
    assertRefused(
        "expected latent vectors longer than the embedding's 3, found 3",
        () -> new Conditional(new Mlp(Shape.of(2), 3, 2, 3, wide)));
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(NetException.class, call).getMessage());
  }

  private Batch labels(int... labels) {
    return LabelInput.of(tf.constant(labels));
  }

  private float[] floats(Operand<TInt32> ints) {
    return graph.floats(tf.dtypes.cast(ints, TFloat32.class));
  }

  private static Weights weights(ScratchGraph graph, List<Variable<TFloat32>> variables) {
    return Weights.read(graph.tf(), variables);
  }

  private Operand<TInt32> from(int row, int column) {
    return tf.constant(new int[] {row, column});
  }

  private Operand<TFloat32> zero() {
    return tf.constant(0f);
  }
}
