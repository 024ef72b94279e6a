package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.ModelException;
import org.sparring.games.Simultaneous;
import org.sparring.graph.Batch;
import org.sparring.graph.Owner;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pass;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.Architecture;
import org.sparring.nets.Conditional;
import org.sparring.nets.Dcgan;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.nets.Generator;
import org.sparring.nets.Input;
import org.sparring.nets.Labelling;
import org.sparring.nets.Latent;
import org.sparring.training.TinyRun;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A tiny conditional generator, exported in both precisions. */
class ConditionalModelTest {
  private static final int PIXELS = 16 * 16;
  private static final Latent LATENT = new Latent(TinyRun.LATENT, Latent.Distribution.NORMAL);

  @TempDir static Path folder;

  private static GeneratorModel model;
  private static GeneratorModel half;

  @BeforeAll
  static void trainExportAndLoad() {
    var labelling = new Labelling(Labelling.Kind.PROJECTION, 10, 3);
    var form = new DiscriminatorForm(3, Normalization.BATCH, 1, labelling);
    Architecture nets = new Conditional(new Dcgan(16, 1, 3, TinyRun.LATENT + 3, form));
    Path checkpoint = folder.resolve("checkpoint");
    try (TinyRun run = new TinyRun(TinyRun.contest(nets, new Simultaneous()), 3).begin()) {
      run.train(3);
      run.session().save(checkpoint.toString());
    }
    var export = new GeneratorExport(nets::generator, LATENT);
    export.write(checkpoint, folder.resolve("whole"));
    export.write(
        checkpoint, folder.resolve("half"), new GeneratorExport.Form(true, Precision.FLOAT16));
    export.write(
        checkpoint, folder.resolve("last"), new GeneratorExport.Form(false, Precision.FLOAT32));
    model = GeneratorModel.load(folder.resolve("whole"), SessionOptions.CPU);
    half = GeneratorModel.load(folder.resolve("half"), SessionOptions.CPU);
  }

  @AfterAll
  static void close() {
    model.close();
    half.close();
  }

  @Test
  void itKnowsItsClasses() {
    assertEquals(10, model.classes());
    assertEquals(TinyRun.LATENT, model.latent());
  }

  @Test
  void eachImageIsOfTheClassThatIsAskedFor() {
    float[] mixed = model.sample(5, new int[] {7, 2, 7}).values();
    float[] sevens = model.sample(5, new int[] {7, 7, 7}).values();
    float[] twos = model.sample(5, new int[] {2, 2, 2}).values();
    assertArrayEquals(image(sevens, 0), image(mixed, 0), 1e-6f);
    assertArrayEquals(image(twos, 1), image(mixed, 1), 1e-6f);
    assertArrayEquals(image(sevens, 2), image(mixed, 2), 1e-6f);
    assertFalse(Arrays.equals(image(sevens, 1), image(twos, 1)));
  }

  @Test
  void aSeedsImagesAreOfItsLatentsAndItsClasses() {
    int[] labels = model.labels(8, 40);
    float[] z = model.latents(8, 40, GeneratorModel.UNTRUNCATED);
    float[] drawn = model.sample(8, 40).values();
    assertArrayEquals(drawn, model.generate(z, labels).values(), 1e-6f);
    assertArrayEquals(drawn, model.sample(8, labels).values(), 1e-6f);
    assertArrayEquals(Arrays.copyOf(labels, 5), model.labels(8, 5), "fewer are the first of more");
    float[] truncated = model.sample(8, 40, 0.5f).values();
    float[] nearer = model.latents(8, 40, 0.5f);
    assertArrayEquals(truncated, model.generate(nearer, labels).values(), 1e-6f);
  }

  @Test
  void drawnClassesAreAsLikelyAsOneAnother() {
    int[] counts = new int[10];
    for (int label : model.labels(1, 10_000)) {
      counts[label]++;
    }
    // 1000 each with a deviation of √(10000 · .1 · .9) = 30
    for (int count : counts) {
      assertEquals(1000, count, 5 * 30);
    }
  }

  @Test
  void aWayOfOneClassEndsAtItsSeedsOwnImages() {
    float[] way = model.interpolate(1, 2, 3, 4).values();
    assertArrayEquals(model.sample(1, new int[] {4}).values(), image(way, 0), 1e-5f);
    assertArrayEquals(model.sample(2, new int[] {4}).values(), image(way, 2), 1e-5f);
  }

  @Test
  void halfPrecisionIsHalfTheSizeAndNearlyTheSamePixels() throws IOException {
    int[] labels = IntStream.range(0, 10).toArray();
    float[] whole = model.sample(3, labels).values();
    float[] rounded = half.sample(3, labels).values();
    double worst = 0;
    for (int i = 0; i < whole.length; i++) {
      worst = Math.max(worst, Math.abs(whole[i] - rounded[i]));
    }
    assertTrue(worst > 0 && worst < 0.01, "worst difference " + worst);
    double ratio = weights("half") / (double) weights("whole");
    // a float32 model also holds what a run needs that starts from it
    assertTrue(ratio > 0.4 && ratio < 0.52, "ratio of sizes " + ratio);
    assertEquals(model.parameters(), half.parameters());
    assertFalse(model.weightsSha256().equals(half.weightsSha256()));
  }

  @Test
  void weightsThatHalfPrecisionDoesNotHoldAreRefused() {
    Path large = folder.resolve("large");
    try (ScratchGraph graph = new ScratchGraph()) {
      graph.variables().weight(Owner.RUN, "ema/generator/w", 2, 7e4f);
      graph.initialize();
      SaveNodes.add(graph.tf(), graph.variables().all());
      graph.session().save(large.toString());
    }
    var export = new GeneratorExport(Scale::new, LATENT);
    export.write(large, folder.resolve("large-whole"));
    var form = new GeneratorExport.Form(true, Precision.FLOAT16);
    assertRefused(
        "expected weights that float16 holds, within 65504, found 2 beyond\n"
            + "Export them in float32.",
        () -> export.write(large, folder.resolve("large-half"), form));
  }

  /** z[0:2] · w. */
  private record Scale(Variable<TFloat32> w) implements Generator {
    Scale(Variables variables) {
      this(variables.weight(Owner.GENERATOR, "w", 2, 1));
    }

    @Override
    public List<Input> inputs() {
      return List.of(Input.latent(TinyRun.LATENT));
    }

    @Override
    public Shape sampleShape() {
      return Shape.of(2);
    }

    @Override
    public List<Variable<TFloat32>> variables() {
      return List.of(w);
    }

    @Override
    public Operand<TFloat32> generate(Ops tf, Weights weights, Batch inputs, Pass pass) {
      Operand<TFloat32> z = inputs.floats(Input.LATENT);
      int[] two = {-1, 2};
      return tf.math.mul(tf.slice(z, tf.constant(new int[2]), tf.constant(two)), weights.get(w));
    }
  }

  @Test
  void theWeightsOfTheLastStepAreNotTheAverage() {
    try (GeneratorModel last = GeneratorModel.load(folder.resolve("last"), SessionOptions.CPU)) {
      assertFalse(last.weightsSha256().equals(model.weightsSha256()));
      assertEquals(model.parameters(), last.parameters());
    }
  }

  @Test
  void aModelDoesNotTellWhereItWasMade() throws IOException {
    for (String name : new String[] {"whole", "half"}) {
      byte[] graph = Files.readAllBytes(folder.resolve(name).resolve("saved_model.pb"));
      String text = new String(graph, StandardCharsets.ISO_8859_1);
      assertFalse(text.contains(folder.toString()), name);
    }
  }

  @Test
  void whatItCannotBeAskedIsRefused() {
    assertRefused("expected labels from 0 to 9, found 10", () -> model.sample(1, new int[] {10}));
    assertRefused("expected labels from 0 to 9, found -1", () -> model.sample(1, new int[] {-1}));
    assertRefused(
        "expected a label for each of 2 images, found 1",
        () -> model.generate(new float[2 * TinyRun.LATENT], new int[] {1}));
    assertRefused(
        "expected the class of each image, for "
            + folder.resolve("whole")
            + " is conditional; found none",
        () -> model.generate(new float[TinyRun.LATENT]));
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(ModelException.class, call).getMessage());
  }

  private static float[] image(float[] values, int index) {
    return Arrays.copyOfRange(values, index * PIXELS, (index + 1) * PIXELS);
  }

  private static long weights(String name) {
    return FileUtils.sizeOf(
        folder.resolve(name).resolve("variables/variables.data-00000-of-00001").toFile());
  }
}
