package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.nets.Latent.Distribution.NORMAL;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.exports.ModelDescription;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.layers.Normalization;
import org.sparring.natives.NativeLibraries;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.Architecture;
import org.sparring.nets.Conditional;
import org.sparring.nets.Dcgan;
import org.sparring.nets.Dcgan5;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.nets.Generator;
import org.sparring.nets.Labelling;
import org.sparring.nets.Latent;
import org.sparring.nets.MaxoutMlp;
import org.sparring.nets.Mlp;
import org.sparring.nets.R3Net;
import org.sparring.nets.SnDcgan;
import org.sparring.nets.SnResNet;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** Models with batch normalisation folded into kernels, beside the same models without. */
class FoldedKernelsTest {
  private static final int LATENT_SIZE = 6;
  private static final Latent LATENT = new Latent(LATENT_SIZE, NORMAL);
  private static final GeneratorExport.Form FOLDED =
      new GeneratorExport.Form(false, Precision.FLOAT32, true);
  private static final GeneratorExport.Form SEPARATE =
      new GeneratorExport.Form(false, Precision.FLOAT32, false);

  @TempDir private Path folder;

  @BeforeAll
  static void load() {
    NativeLibraries.load();
  }

  /** Each architecture of the zoo with the kernels that directly precede a normalisation. */
  static Stream<Arguments> architectures() {
    var labelling = new Labelling(Labelling.Kind.PROJECTION, 10, 3);
    var projected = new DiscriminatorForm(5, Normalization.BATCH, 1, labelling);
    return Stream.of(
        Arguments.of("dcgan", new Dcgan(16, 1, 8, LATENT_SIZE), List.of("project", "up0")),
        Arguments.of(
            "conditional dcgan",
            new Conditional(new Dcgan(16, 1, 8, LATENT_SIZE + 3, projected)),
            List.of("project", "up0")),
        // a transposed convolution towards four channels or fewer has a rearranged kernel
        Arguments.of("narrow dcgan", new Dcgan(16, 1, 3, LATENT_SIZE), List.of("project")),
        Arguments.of(
            "dcgan5", new Dcgan5(16, 3, 5, LATENT_SIZE), List.of("project", "up0", "up1", "up2")),
        Arguments.of("sndcgan", new SnDcgan(16, 3, 5, LATENT_SIZE), List.of("up0", "up1")),
        Arguments.of(
            "resnet", new SnResNet(16, 3, 8, LATENT_SIZE), List.of("up0/first", "up1/first")),
        Arguments.of(
            "maxout",
            new MaxoutMlp(2, 16, 2, LATENT_SIZE, new DiscriminatorForm(8, Normalization.BATCH, 1)),
            List.of("hidden0", "hidden1")),
        Arguments.of("r3", new R3Net(16, 3, 8, LATENT_SIZE), List.of()),
        Arguments.of("mlp", new Mlp(Shape.of(8, 8, 1), 16, 2, LATENT_SIZE), List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("architectures")
  void foldedKernelsGiveThePixelsOfSeparateLayers(
      String name, Architecture nets, List<String> kernels) throws Exception {
    Path checkpoint = checkpoint(nets::generator);
    GeneratorExport export = new GeneratorExport(nets::generator, LATENT);
    export.write(checkpoint, folder.resolve("folded"), FOLDED);
    export.write(checkpoint, folder.resolve("separate"), SEPARATE);
    assertEquals(
        kernels.stream().map(k -> "generator/" + k + "/kernel").toList(),
        ModelDescription.read(folder.resolve("folded")).orElseThrow().folded());
    try (GeneratorModel folded = model("folded");
        GeneratorModel separate = model("separate")) {
      assertTrue(spread(pixels(separate)) > 0.01, "expected images of some contrast");
      assertEquals(0, difference(pixels(folded), pixels(separate)), 1e-5);
      assertEquals(separate.classes(), folded.classes());
    }
  }

  /** Kernels, scales and statistics as twelve thousand steps of training left them. */
  @Test
  void foldedKernelsGiveThePixelsOfAShippedModel() {
    Architecture nets = new Dcgan(32, 1, 48, 64);
    GeneratorExport export = new GeneratorExport(nets::generator, new Latent(64, NORMAL));
    Path trained = checkpoint(nets::generator, FoldedKernelsTest::shipped);
    export.write(trained, folder.resolve("folded"), FOLDED);
    export.write(trained, folder.resolve("separate"), SEPARATE);
    try (GeneratorModel folded = model("folded");
        GeneratorModel separate = model("separate")) {
      float[] expected = separate.sample(1, 64).values();
      assertTrue(spread(expected) > 1.9, "expected black and white");
      double difference = difference(folded.sample(1, 64).values(), expected);
      System.out.println("dcgan-mnist: folded pixels differ by at most " + difference);
      assertEquals(0, difference, 1e-5);
    }
  }

  @Test
  void halfPrecisionRoundsFoldedKernelsAsWell() {
    Architecture nets = new Dcgan(16, 1, 8, LATENT_SIZE);
    Path checkpoint = checkpoint(nets::generator);
    GeneratorExport export = new GeneratorExport(nets::generator, LATENT);
    for (boolean folded : new boolean[] {true, false}) {
      var form = new GeneratorExport.Form(false, Precision.FLOAT16, folded);
      export.write(checkpoint, folder.resolve("half-" + folded), form);
    }
    export.write(checkpoint, folder.resolve("full"), FOLDED);
    try (GeneratorModel full = model("full");
        GeneratorModel folded = model("half-true");
        GeneratorModel separate = model("half-false")) {
      float[] expected = pixels(full);
      double ours = difference(pixels(folded), expected);
      double theirs = difference(pixels(separate), expected);
      System.out.println("half precision: " + ours + " folded, " + theirs + " separate");
      assertTrue(ours > 0 && ours < 2 * theirs + 1e-3, ours + " against " + theirs);
    }
  }

  /** Bias and kernel take the place of scale, offset, mean and variance. */
  @Test
  void inferenceReadsNoNormalizationThatIsFolded() {
    Architecture nets = new Dcgan(16, 1, 8, LATENT_SIZE);
    Path checkpoint = checkpoint(nets::generator);
    GeneratorExport export = new GeneratorExport(nets::generator, LATENT);
    export.write(checkpoint, folder.resolve("folded"), FOLDED);
    export.write(checkpoint, folder.resolve("separate"), SEPARATE);
    try (GeneratorModel folded = model("folded");
        GeneratorModel separate = model("separate")) {
      assertEquals(separate.parameters() - 3 * (16 + 8), folded.parameters());
      assertNotEquals(separate.weightsSha256(), folded.weightsSha256());
    }
  }

  private GeneratorModel model(String name) {
    return GeneratorModel.load(folder.resolve(name), SessionOptions.CPU);
  }

  /** What a variable is set to. */
  private interface Values {
    Operand<TFloat32> of(Ops tf, Variable<TFloat32> variable);
  }

  /** A generator whose scales, offsets and kernels are random: no scale is 1, some are negative. */
  private Path checkpoint(Function<Variables, Generator> architecture) {
    return checkpoint(architecture, FoldedKernelsTest::random);
  }

  private Path checkpoint(Function<Variables, Generator> architecture, Values values) {
    Path checkpoint = folder.resolve("checkpoint");
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Variables variables = new Variables(tf, new Seeds(3));
      Generator generator = architecture.apply(variables);
      List<Op> writes = new ArrayList<>();
      generator.variables().forEach(v -> writes.add(v.assign(tf, values.of(tf, v))));
      SaveNodes.add(tf, variables.all());
      try (Session session = new Session(graph, SessionOptions.CPU.config())) {
        session.run(variables.initialization());
        session.run(tf.withControlDependencies(writes).noOp());
        session.save(checkpoint.toString());
      }
    }
    return checkpoint;
  }

  /** The shipped model stores float16. */
  private static Operand<TFloat32> shipped(Ops tf, Variable<TFloat32> variable) {
    Operand<TString> file = tf.constant("models/dcgan-mnist/saved_model/variables/variables");
    Operand<TString> name = tf.array("half/" + variable.name());
    var read = tf.train.restore(file, name, tf.array(""), List.of(TFloat16.class));
    return tf.dtypes.cast(
        tf.ensureShape(read.tensors().get(0).asOutput().expect(TFloat16.class), variable.shape()),
        TFloat32.class);
  }

  private static Operand<TFloat32> random(Ops tf, Variable<TFloat32> variable) {
    double[] range = range(variable.name());
    Operand<TFloat32> normal =
        tf.random.statelessRandomNormal(
            tf.constant(variable.shape().asArray()),
            tf.constant(new long[] {5, variable.name().hashCode()}),
            TFloat32.class);
    return range[1] == 0
        ? variable.read(tf)
        : tf.math.add(
            tf.math.mul(normal, tf.constant((float) range[1])), tf.constant((float) range[0]));
  }

  /** Mean and deviation of new values; deviation 0 for none. */
  private static double[] range(String name) {
    return Map.of("scale", new double[] {0.7, 0.5}, "offset", new double[] {0.2, 0.4})
        .getOrDefault(
            name.substring(name.lastIndexOf('/') + 1),
            name.endsWith("kernel") ? new double[] {0, 0.1} : new double[] {0, 0});
  }

  private static float[] pixels(GeneratorModel model) {
    int[] labels = {0, 3, 9, 3, 1};
    float[] z = model.latents(7, labels.length, GeneratorModel.UNTRUNCATED);
    if (!model.makesImages()) {
      return model.points(7, labels.length);
    }
    return (model.classes() > 0 ? model.generate(z, labels) : model.generate(z)).values();
  }

  private static double difference(float[] a, float[] b) {
    assertEquals(a.length, b.length);
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  private static double spread(float[] values) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return most - least;
  }
}
