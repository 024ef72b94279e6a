package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.CheckpointException;
import org.sparring.inference.GeneratorExport;
import org.sparring.inference.GeneratorModel;
import org.sparring.inference.Precision;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunPlan;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Runs that begin with the weights of another one. */
class WarmStartTest {
  @TempDir private static Path root;
  private static RunFolder source;
  private static String learned;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    source = new RunFolder(root.resolve("source"));
    learned = new Experiment(TinyRecipe.with("steps=5"), source).train().weightsSha256();
  }

  /** Step 0 of the new run has every weight of the old one, of both networks and of the average. */
  @Test
  void aRunStartsWithAllWeightsOfAnotherRun() {
    start(source.root(), "steps=1", "seed=9");
    assertEquals(learned, checkpoint(0));
    assertNotEquals(learned, checkpoint(1));
  }

  @Test
  void aRunStartsWithTheGeneratorOfAModel() {
    start(source.savedModel(), "steps=1", "optimizer.learning_rate=1e-12", "ema.decay=0.999999");
    try (GeneratorModel before = GeneratorModel.load(source.root());
        GeneratorModel after = GeneratorModel.load(folder.resolve("run"))) {
      assertEquals(before.latent(), after.latent());
      float[] z = new float[before.latent()];
      float[] expected = before.generate(z).values();
      float[] found = after.generate(z).values();
      for (int i = 0; i < expected.length; i++) {
        // statistics of batch normalisation are measured again
        assertEquals(expected[i], found[i], 0.05f);
      }
    }
  }

  /** The model's kernels are multiplied by gains; batch normalisation would hide it from images. */
  @Test
  void aRunThatStartsFromAModelHasTheKernelsAsTrained() {
    start(source.savedModel(), "steps=1");
    float[] trained = stored(source.root(), 5, "run/ema/generator/project/kernel");
    assertArrayEquals(trained, stored(folder.resolve("run"), 0, "generator/project/kernel"), 1e-6f);
    float[] folded =
        stored(source.savedModel().resolve("variables/variables"), "generator/project/kernel");
    assertNotEquals(trained[0], folded[0], 1e-3f);
  }

  private static float[] stored(Path run, long step, String variable) {
    String name = String.format(java.util.Locale.ROOT, "checkpoints/step-%08d", step);
    return stored(CheckpointStore.read(run.resolve(name)).prefix(), variable);
  }

  private static float[] stored(Path prefix, String variable) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      var read =
          tf.train.restore(
              tf.constant(prefix.toString()),
              tf.array(variable),
              tf.array(""),
              List.of(TFloat32.class));
      try (Result result = session.runner().fetch(read.tensors().get(0)).run()) {
        float[] values = new float[Math.toIntExact(result.get(0).size())];
        result.get(0).asRawTensor().data().asFloats().read(values);
        return values;
      }
    }
  }

  /** Otherwise it would resume from random weights. */
  @Test
  void aRunThatIsKilledBeforeItsFirstStepResumesFromTheWeightsItWasGiven() {
    String whole = start(source.root(), "steps=3").weightsSha256();
    RunFolder run = new RunFolder(folder.resolve("run"));
    delete(run.checkpoints().resolve("step-00000003"));
    assertEquals(
        0, new CheckpointStore(run.checkpoints(), 9).latest().orElseThrow().manifest().step());
    assertEquals(whole, new Experiment(RunPlan.begun(run), run).train().weightsSha256());
  }

  /** Killed between its first checkpoint and its recipe. */
  @Test
  void aStartThatWasKilledHalfwayBeginsAnewAndDeletesNothingElse() throws IOException {
    start(source.root(), "steps=1");
    RunFolder run = new RunFolder(folder.resolve("run"));
    delete(run.checkpoints().resolve("step-00000001"));
    Files.delete(run.recipe());
    Files.delete(run.description());
    Path another = Files.writeString(run.checkpoints().resolve("notes.txt"), "of the user");
    assertEquals(1, start(source.root(), "steps=1").steps());
    assertTrue(Files.exists(another));
  }

  /** A manifest as version 0.1.0 wrote it: sizes are all that its files are compared with. */
  @Test
  void weightsThatAreNotTheirManifestsAreRefused() throws IOException {
    Path copy = folder.resolve("copy");
    FileUtils.copyDirectory(source.root().toFile(), copy.toFile());
    Path manifest = copy.resolve("checkpoints/step-00000005/manifest.json");
    ObjectNode other = (ObjectNode) new ObjectMapper().readTree(manifest.toFile());
    other.remove("files_sha256");
    other.put("weights_sha256", "0".repeat(64));
    Files.writeString(manifest, other.toString());
    CheckpointException refused =
        assertThrows(CheckpointException.class, () -> start(copy, "steps=1"));
    assertTrue(refused.getMessage().contains("expected weights 0000"), refused.getMessage());
  }

  @Test
  void otherNetworksAreRefused() {
    ArgumentException refused =
        assertThrows(ArgumentException.class, () -> start(source.root(), "steps=1", "net.width=8"));
    assertTrue(refused.getMessage().startsWith("from: expected networks"), refused.getMessage());
    Path half = folder.resolve("half");
    new Experiment(RunPlan.begun(source), source)
        .export(half, new GeneratorExport.Form(true, Precision.FLOAT16));
    assertThrows(ArgumentException.class, () -> start(half, "steps=1"));
  }

  @Test
  void aRunResumesAtAnotherLearningRate() {
    start(source.root(), "steps=2");
    Path run = folder.resolve("run");
    RunPlan plan = RunPlan.of(null, run, true, List.of("steps=4", "optimizer.learning_rate=1e-5"));
    Outcome outcome = new Experiment(plan.recipe(), plan.folder()).train();
    assertEquals(4, outcome.steps());
    assertEquals(1e-5f, RunPlan.begun(plan.folder()).optimizer().learningRate());
  }

  private Outcome start(Path from, String... settings) {
    RunFolder run = new RunFolder(folder.resolve("run"));
    return new Experiment(TinyRecipe.with(settings), run).startFrom(from).train();
  }

  private String checkpoint(long step) {
    Path checkpoints = folder.resolve("run/checkpoints");
    return CheckpointStore.read(
            checkpoints.resolve(String.format(java.util.Locale.ROOT, "step-%08d", step)))
        .manifest()
        .weightsSha256();
  }

  private static void delete(Path folder) {
    try {
      org.sparring.storage.Disk.delete(folder);
      assertTrue(Files.notExists(folder));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
