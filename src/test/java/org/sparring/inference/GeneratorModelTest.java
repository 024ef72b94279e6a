package org.sparring.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.ModelException;
import org.sparring.games.Simultaneous;
import org.sparring.graph.Owner;
import org.sparring.graph.SaveNodes;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.Dcgan;
import org.sparring.nets.Latent;
import org.sparring.training.TinyRun;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** A tiny generator, trained for a few steps, exported and loaded again. */
class GeneratorModelTest {
  private static final Latent LATENT = new Latent(TinyRun.LATENT, Latent.Distribution.NORMAL);
  private static final long SEED = 11;

  @TempDir static Path folder;

  private static GeneratorModel model;
  private static float[] preview;

  @BeforeAll
  static void trainExportAndLoad() {
    Path checkpoint = folder.resolve("checkpoint");
    try (TinyRun run = new TinyRun(new Simultaneous(), SEED).begin()) {
      run.train(6);
      run.session().save(checkpoint.toString());
      try (Result result = run.session().runner().fetch(run.graph().preview()).run()) {
        preview = ScratchGraph.floats((TFloat32) result.get(0));
      }
    }
    export().write(checkpoint, folder.resolve("saved_model"));
    model = GeneratorModel.load(folder, SessionOptions.CPU);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Test
  void theModelKnowsItsGeometry() {
    assertEquals(
        List.of(TinyRun.LATENT, 16, 16, 1),
        List.of(model.latent(), model.height(), model.width(), model.channels()));
  }

  @Test
  void aSeedGivesTheSamePixelsAgainAndAnotherSeedOthers() {
    float[] first = model.sample(5, 3).values();
    assertEquals(3 * 16 * 16, first.length);
    assertArrayEquals(first, model.sample(5, 3).values());
    assertFalse(Arrays.equals(first, model.sample(6, 3).values()));
  }

  @Test
  void fewerImagesAreTheFirstOfMore() {
    float[] sixteen = model.sample(5, 16).values();
    assertArrayEquals(Arrays.copyOf(sixteen, 4 * 256), model.sample(5, 4).values(), 1e-6f);
    assertArrayEquals(Arrays.copyOf(sixteen, 256), model.sample(5, 1).values(), 1e-6f);
  }

  /** 8192 values are a part of the tiny model's: more images come in several runs. */
  @Test
  void moreThanOnePartOfImagesAreTheOnesOfParts() {
    int many = 2 * (1 << 21) / 256 + 3;
    float[] values = model.sample(5, many).values();
    assertEquals(many * 256, values.length);
    assertArrayEquals(Arrays.copyOf(values, 4 * 256), model.sample(5, 4).values(), 1e-6f);
    float[] z = model.latents(5, many, GeneratorModel.UNTRUNCATED);
    float[] last = Arrays.copyOfRange(z, (many - 2) * model.latent(), many * model.latent());
    assertArrayEquals(
        Arrays.copyOfRange(values, (many - 2) * 256, many * 256),
        model.generate(last).values(),
        1e-6f);
  }

  @Test
  void aCountThatNoArrayHoldsIsRefusedBeforeAnythingIsComputed() {
    int most = (Integer.MAX_VALUE - 8) / 256;
    for (int count : new int[] {0, -1, most + 1, Integer.MAX_VALUE}) {
      ModelException refused = assertThrows(ModelException.class, () -> model.sample(1, count));
      assertEquals("expected 1 to " + most + " samples, found " + count, refused.getMessage());
    }
  }

  @Test
  void latentsThatAreNoNumbersAreRefused() {
    for (float none : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] z = new float[2 * model.latent()];
      z[5] = none;
      ModelException refused = assertThrows(ModelException.class, () -> model.generate(z));
      assertTrue(refused.getMessage().contains("at index 5"), refused.getMessage());
    }
  }

  @Test
  void itIsTheAveragedGeneratorOfTheTrainingGraph() {
    float[] z;
    try (ScratchGraph graph = new ScratchGraph()) {
      var tf = graph.tf();
      var seed = new Seeds(SEED).once(tf, "preview");
      z = graph.floats(LATENT.sample(tf, TinyRun.PREVIEWS, seed));
    }
    assertArrayEquals(preview, model.generate(z).values(), 1e-5f);
  }

  @Test
  void sampleIsGenerateOfTheLatents() {
    float[] z = model.latents(5, 4, GeneratorModel.UNTRUNCATED);
    assertEquals(4 * TinyRun.LATENT, z.length);
    assertArrayEquals(model.sample(5, 4).values(), model.generate(z).values(), 1e-6f);
  }

  @Test
  void eightThreadsAtOnceGetThePixelsOfOne() throws Exception {
    List<float[]> expected = new ArrayList<>();
    for (int seed = 0; seed < 40; seed++) {
      expected.add(model.sample(seed, 1 + seed % 3).values());
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<float[]>> found = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        int seed = i % 40;
        found.add(threads.submit(() -> model.sample(seed, 1 + seed % 3).values()));
      }
      for (int i = 0; i < 200; i++) {
        assertArrayEquals(expected.get(i % 40), found.get(i).get(), "call " + i);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aWayBeginsAndEndsAtTheSeedsImages() {
    Images way = model.interpolate(3, 4, 5);
    assertEquals(5, way.count());
    float[] values = way.values();
    assertArrayEquals(model.sample(3, 1).values(), Arrays.copyOf(values, 256), 1e-6f);
    assertArrayEquals(
        model.sample(4, 1).values(), Arrays.copyOfRange(values, 4 * 256, 5 * 256), 1e-6f);
  }

  @Test
  void truncationBoundsTheLatentsAndKeepsTheirOrder() {
    float[] free = model.latents(5, 50, GeneratorModel.UNTRUNCATED);
    float[] tight = model.latents(5, 50, 0.5f);
    float[] wide = model.latents(5, 50, 1.5f);
    for (int i = 0; i < free.length; i++) {
      assertTrue(Math.abs(tight[i]) <= 0.5f && Math.abs(wide[i]) <= 1.5f);
      assertTrue(Math.abs(tight[i]) <= Math.abs(wide[i]) + 1e-5);
      assertTrue(Math.abs(wide[i]) <= Math.abs(free[i]) + 1e-5);
    }
    float[] images = model.sample(5, 50, 0.5f).values();
    assertArrayEquals(model.generate(tight).values(), images, 1e-6f);
  }

  @Test
  void argumentsThatMeanNothingAreRefused() {
    assertRefused("expected 1 to 8388607 samples, found 0", () -> model.sample(1, 0));
    assertRefused("truncation must be 0 (none) or more, found -1.0", () -> model.sample(1, 1, -1));
    assertRefused(
        "truncation must be 0 (none) or more, found NaN", () -> model.latents(1, 1, Float.NaN));
    assertRefused("expected at least 2 frames, found 1", () -> model.interpolate(1, 2, 1));
    int most = Integer.MAX_VALUE;
    assertThrows(ModelException.class, () -> model.interpolate(1, 2, most), "no such array");
    assertRefused(
        "expected whole latent vectors of 5 values, found 7 values",
        () -> model.generate(new float[7]));
  }

  @Test
  void aClosedModelRefusesFurtherUse() {
    GeneratorModel closed = GeneratorModel.load(folder, SessionOptions.CPU);
    closed.close();
    closed.close();
    var e = assertThrows(ModelException.class, () -> closed.sample(1, 1));
    assertEquals("this model is closed", e.getMessage());
    assertEquals(ErrorKind.CLOSED, e.kind());
  }

  @Test
  void placesWithoutAModelAreNamed() throws IOException {
    Path nothing = folder.resolve("nothing");
    assertRefusedToLoad(nothing, "found nothing at " + nothing);
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertRefusedToLoad(empty, "found neither in " + empty);
    Path broken = Files.createDirectories(folder.resolve("broken"));
    Files.writeString(broken.resolve("saved_model.pb"), "not a model");
    assertRefusedToLoad(broken, "expected a SavedModel, found that it is damaged");
  }

  /** TensorFlow itself says nothing before a variable is read. */
  @Test
  void aModelWithoutItsVariablesIsRefused() throws IOException {
    Path bare = Files.createDirectories(folder.resolve("bare"));
    Files.copy(folder.resolve("saved_model/saved_model.pb"), bare.resolve("saved_model.pb"));
    assertRefusedToLoad(bare, bare + ": it lacks " + bare.resolve("variables/variables.index"));
  }

  @Test
  void aModelOfSomethingElseIsRefused() throws IOException {
    Path other = doubling("twice");
    assertRefusedToLoad(
        other, other + " is no generator of Sparring: expected signature serving_default, found [");
  }

  @Test
  void aModelWhoseSignatureHasOtherInputsIsRefused() throws IOException {
    Path other = doubling("serving_default");
    assertRefusedToLoad(
        other,
        other
            + " is no generator of Sparring: expected signature serving_default from [z] to images,"
            + " found from [x] to [y]");
  }

  /** A SavedModel with a single signature, from x to y. */
  private static Path doubling(String signature) throws IOException {
    Path other = folder.resolve("other-" + signature);
    try (ScratchGraph graph = new ScratchGraph()) {
      var tf = graph.tf();
      graph.variables().state(Owner.RUN, "x", Shape.of(1), 0);
      graph.initialize();
      SaveNodes.add(tf, graph.variables().all());
      var x = graph.input(Shape.of(1), 0);
      Signature twice =
          Signature.builder(signature).input("x", x).output("y", tf.math.add(x, x)).build();
      SavedModelBundle.exporter(other.toString())
          .withSession(graph.session())
          .withSignature(twice)
          .export();
    }
    return other;
  }

  @Test
  void aCheckpointOfAnotherGeneratorIsNotExported() {
    var wider = new GeneratorExport(new Dcgan(32, 1, 3, TinyRun.LATENT)::generator, LATENT);
    Path target = folder.resolve("unwritten");
    assertRefused(
        "cannot export " + folder.resolve("checkpoint"),
        () -> wider.write(folder.resolve("checkpoint"), target));
    var sameNames = new GeneratorExport(new Dcgan(16, 1, 4, TinyRun.LATENT)::generator, LATENT);
    assertRefused(
        "cannot export " + folder.resolve("checkpoint"),
        () -> sameNames.write(folder.resolve("checkpoint"), target));
    assertRefused("cannot export", () -> export().write(folder.resolve("none"), target));
    assertTrue(Files.notExists(target.resolve("saved_model.pb")));
  }

  private static GeneratorExport export() {
    return new GeneratorExport(TinyRun.NETS::generator, LATENT);
  }

  private static void assertRefused(String beginning, Executable action) {
    var e = assertThrows(ModelException.class, action);
    assertTrue(e.getMessage().startsWith(beginning), e.getMessage());
  }

  private static void assertRefusedToLoad(Path path, String part) {
    var e = assertThrows(ModelException.class, () -> GeneratorModel.load(path));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
