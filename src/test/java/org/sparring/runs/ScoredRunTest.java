package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.data.Split;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.CheckpointException;
import org.sparring.errors.RecipeException;
import org.sparring.evaluation.FeatureCache;
import org.sparring.evaluation.FeatureNetwork;
import org.sparring.evaluation.FeatureNetworks;
import org.sparring.inference.GeneratorExport.Form;
import org.sparring.inference.GeneratorModel;
import org.sparring.natives.SessionOptions;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunPlan;
import org.sparring.scores.Evaluation;
import org.sparring.scores.EvaluationProtocol;
import org.sparring.scores.Metric;
import org.sparring.scores.SupportEstimate;
import org.sparring.telemetry.ProgressDisplay;

/** Runs whose averaged generator is scored while they train. */
class ScoredRunTest {
  private static final String[] SCORED = {
    "evaluation.features=digits",
    "evaluation.kimg=0.04",
    "evaluation.samples=150",
    "evaluation.metric=kid",
    "evaluation.waits=true",
    "checkpoint.keep=1"
  };

  @TempDir private Path root;

  @Test
  void scoresLeaveTheTrainingBitForBitAsItIs() {
    Outcome plain = train("plain", TinyRecipe.settings("steps=20"));
    Outcome waiting = train("waiting", scored("steps=20"));
    Outcome scored = train("scored", scored("steps=20", "evaluation.waits=false"));
    assertEquals(plain.weightsSha256(), waiting.weightsSha256());
    assertEquals(plain.weightsSha256(), scored.weightsSha256());
  }

  /** 20 steps of 8 images, a score every 40 images: after 5, 10, 15 and 20 steps. */
  @Test
  void theBestCheckpointIsKeptAndIsWhatAnEvaluationSaysOfIt() throws Exception {
    train("run", scored("steps=20"));
    RunFolder run = new RunFolder(root.resolve("run"));
    List<String> logged =
        Files.readAllLines(run.metrics()).stream().filter(l -> l.contains("\"kid\"")).toList();
    assertEquals(4, logged.size(), logged.toString());
    CheckpointStore store = new CheckpointStore(run.checkpoints(), 1);
    Checkpoint best = store.best().orElseThrow();
    double lowest =
        logged.stream()
            .mapToDouble(l -> Double.parseDouble(l.replaceAll(".*\"kid\":([^,}]*).*", "$1")))
            .min()
            .orElseThrow();
    assertEquals(lowest, best.manifest().score());
    assertEquals(20, store.latest().orElseThrow().manifest().step());
    Path exported = root.resolve("best");
    experiment("run").exportBest(exported, Form.DEFAULT);
    assertEquals(lowest, score(exported, run), 1e-6);
  }

  @Test
  void resumingKeepsTheBestOfBefore() {
    train("run", scored("steps=10"));
    CheckpointStore store = new CheckpointStore(root.resolve("run/checkpoints"), 1);
    Checkpoint best = store.best().orElseThrow();
    store.score(best, -1e9); // whatever comes is worse
    Experiment again = experiment("run", "steps=30");
    again.train();
    assertEquals(best.manifest().step(), store.best().orElseThrow().manifest().step());
    assertEquals(-1e9, store.best().orElseThrow().manifest().score());
    assertEquals(30, store.latest().orElseThrow().manifest().step());
  }

  @Test
  void whatCannotBeScoredIsRefusedBeforeTheFirstStep() {
    String few =
        assertThrows(
                RecipeException.class,
                () -> train("few", scored("evaluation.metric=fid", "evaluation.samples=100")))
            .getMessage();
    assertTrue(few.contains("expected more than the 128 features"), few);
    List<String> points = TinyRecipe.points("steps=2");
    points.addAll(List.of(SCORED));
    String plane = assertThrows(RecipeException.class, () -> train("points", points)).getMessage();
    assertTrue(plane.contains("expected none for points"), plane);
    String name =
        assertThrows(
                ArgumentException.class, () -> train("name", scored("evaluation.features=digit")))
            .getMessage();
    assertTrue(name.contains("Did you mean digits?"), name);
    assertFalse(Files.exists(root.resolve("name")), "leaves no run");
  }

  @Test
  void aRunWithoutScoresHasNoBest() {
    train("plain", TinyRecipe.settings("steps=2"));
    String message =
        assertThrows(
                CheckpointException.class,
                () -> experiment("plain").exportBest(root.resolve("out"), Form.DEFAULT))
            .getMessage();
    assertTrue(message.contains("holds no checkpoint with a score"), message);
  }

  private double score(Path model, RunFolder run) {
    EvaluationProtocol protocol =
        EvaluationProtocol.DEFAULT.withSamples(150).withMetrics(Set.of(Metric.KID));
    try (GeneratorModel generator = GeneratorModel.load(model, SessionOptions.CPU);
        FeatureNetwork network = FeatureNetworks.open("digits", SessionOptions.CPU)) {
      var real = SupportEstimate.images(run.root(), generator, Optional.empty(), Split.TEST);
      return new Evaluation(
              protocol,
              real,
              network,
              new FeatureCache(root.resolve("cache")),
              Evaluation.Listener.SILENT)
          .of(generator)
          .score("kid")
          .value();
    }
  }

  private static List<String> scored(String... more) {
    List<String> all = TinyRecipe.settings(SCORED);
    all.addAll(Stream.of(more).toList());
    return all;
  }

  private Outcome train(String name, List<String> settings) {
    return new Experiment(
            RunPlan.of(null, root.resolve(name), false, settings).recipe(),
            new RunFolder(root.resolve(name)),
            ProgressDisplay.silent())
        .train();
  }

  private Experiment experiment(String name, String... more) {
    RunFolder folder = new RunFolder(root.resolve(name));
    List<String> overrides = new ArrayList<>(List.of(more));
    return new Experiment(
        RunPlan.of(null, folder.root(), true, overrides).recipe(),
        folder,
        ProgressDisplay.silent());
  }
}
