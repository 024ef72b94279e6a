package org.example;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.Internal;
import org.sparring.data.GaussianGrid;
import org.sparring.data.GaussianRing;
import org.sparring.data.PointSet;
import org.sparring.errors.RecipeException;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.runs.Experiment;
import org.sparring.runs.ExperimentBuilder;
import org.sparring.runs.Outcome;
import org.sparring.training.TrainingListener.Ending;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.types.TFloat32;

/** Extensions as users write them: parts of their own, of public types only, in a run. */
class ExtensionsTest {
  @TempDir private Path folder;

  @Test
  void theyUsePublicPackagesOnly() {
    DescribedPredicate<JavaClass> internal =
        DescribedPredicate.describe(
            "in a package marked internal", c -> c.getPackage().isAnnotatedWith(Internal.class));
    noClasses()
        .that()
        .resideInAPackage("org.example")
        .should()
        .dependOnClassesThat(internal)
        .check(new ClassFileImporter().importPackages("org.example", "org.sparring"));
  }

  @Test
  void anOwnLossTrainsOtherWeightsThanTheRecipes() {
    Recipe recipe = images();
    String own = train(Experiment.builder(recipe).loss(new OwnLoss()), "own").weightsSha256();
    assertNotEquals(train(Experiment.builder(recipe), "plain").weightsSha256(), own);
    assertEquals(
        own, train(Experiment.builder(recipe).loss(new OwnLoss()), "again").weightsSha256());
  }

  @Test
  void ownNetworksTrainResumeAndExport() {
    Outcome whole = train(Experiment.builder(images()).networks(new OwnNetworks(6)), "whole");
    train(Experiment.builder(images(4)).networks(new OwnNetworks(6)), "halves");
    Outcome halves = train(Experiment.builder(images()).networks(new OwnNetworks(6)), "halves");
    assertEquals(whole.weightsSha256(), halves.weightsSha256());
    assertTrue(Files.exists(folder.resolve("halves/saved_model/saved_model.pb")));
    var e =
        assertThrows(RecipeException.class, () -> train(Experiment.builder(images(10)), "halves"));
    assertTrue(e.getMessage().contains("{networks=org.example.OwnNetworks}"), e.getMessage());
  }

  @Test
  void ownImagesTrainWithPicturesAndMeters() throws IOException {
    train(Experiment.builder(images()).data(new OwnImages()), "discs");
    try (Stream<Path> pictures = Files.list(folder.resolve("discs/samples"))) {
      assertEquals(1, pictures.count());
    }
    assertTrue(Files.readString(folder.resolve("discs/metrics.jsonl")).contains("\"spread\""));
    assertTrue(Files.readString(folder.resolve("discs/run.json")).contains("discs-1"));
  }

  @Test
  void aListenerOfOnesOwnEndsTheRunEarlyAndLeavesACheckpoint() {
    Outcome outcome =
        train(Experiment.builder(images(1000)).listener(new EarlyStopping(3)), "early");
    assertEquals(Ending.STOPPED_EARLY, outcome.ending());
    assertTrue(outcome.steps() < 1000, outcome.toString());
    assertTrue(Files.exists(folder.resolve("early/saved_model/saved_model.pb")));
  }

  @Test
  void aTaskOfTwoGeneratorsAndTwoSourcesTrainsResumesBitForBitAndExports() throws IOException {
    Outcome whole = train(cycle(8), "whole");
    train(cycle(3), "halves");
    assertEquals(whole.weightsSha256(), train(cycle(8), "halves").weightsSha256());
    String metrics = Files.readString(folder.resolve("whole/metrics.jsonl"));
    assertTrue(metrics.contains("\"g_cycle\""), metrics);
    Path model = folder.resolve("whole/saved_model");
    assertTrue(
        Files.readString(model.resolve("sparring.json")).contains("\"weights\" : \"average\""));
    assertTrue(Files.exists(model.resolve("sha256sums.txt")));
    try (SavedModelBundle bundle = SavedModelBundle.load(model.toString());
        TFloat32 points = TFloat32.tensorOf(StdArrays.ndCopyOf(new float[][] {{1, 0}, {0, 1}}))) {
      for (String name : List.of("x_to_y", "y_to_x")) {
        Map<String, Tensor> input = Map.of("point", points);
        try (Result found = bundle.function(name).call(input)) {
          assertEquals(points.shape(), found.get(0).shape());
        }
      }
    }
  }

  private ExperimentBuilder cycle(int steps) {
    Recipe recipe =
        new RecipeReader()
            .set("steps", String.valueOf(steps))
            .set("batch", "16")
            .set("log.steps", "1")
            .recipe();
    return Experiment.builder(recipe)
        .task(new PointCycle(10))
        .data("x", new PointSet(GaussianRing.pacGan(), 500, 1))
        .data("y", new PointSet(GaussianGrid.pacGan(), 400, 1));
  }

  private static Recipe images() {
    return images(8);
  }

  private static Recipe images(int steps) {
    return new RecipeReader()
        .set("data.source", "glyphs:64")
        .set("data.side", "16")
        .set("net.width", "4")
        .set("batch", "8")
        .set("steps", String.valueOf(steps))
        .set("meters.steps", "4")
        .set("meters.samples", "8")
        .recipe();
  }

  private Outcome train(ExperimentBuilder experiment, String name) {
    return experiment.silent().in(folder.resolve(name)).train();
  }
}
