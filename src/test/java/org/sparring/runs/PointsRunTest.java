package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.DataException;
import org.sparring.errors.ModelException;
import org.sparring.inference.GeneratorModel;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.Inspection;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunPlan;

/** A whole run on points of the plane, and what it leaves. */
class PointsRunTest {
  @TempDir private static Path root;
  private static RunFolder folder;
  private static Outcome outcome;

  @BeforeAll
  static void train() {
    folder = new RunFolder(root.resolve("run"));
    outcome = train("run", "steps=6", "samples.steps=3", "meters.steps=2");
  }

  private static Outcome train(String run, String... settings) {
    RunPlan plan = RunPlan.of(null, root.resolve(run), true, TinyRecipe.points(settings));
    return new Experiment(plan.recipe(), plan.folder()).train();
  }

  @Test
  void scattersOfTheSamplesCanBeLookedAt() throws IOException {
    try (Stream<Path> drawn = Files.list(folder.samples())) {
      List<Path> files = drawn.sorted().toList();
      assertEquals(
          List.of("step-00000003.png", "step-00000006.png"),
          files.stream().map(f -> f.getFileName().toString()).toList());
      assertTrue(ImageIO.read(files.get(0).toFile()).getWidth() > 400);
    }
  }

  @Test
  void theDescriptionIsOfPoints() throws IOException {
    JsonNode data = new ObjectMapper().readTree(folder.description().toFile()).get("data");
    assertEquals("ring", data.get("source").asText());
    assertEquals(100_000, data.get("size").asInt());
    assertEquals(2, data.get("channels").asInt());
    assertEquals(0, data.get("height").asInt());
  }

  @Test
  void theMetersAreToldBesideTheScalars() throws IOException {
    List<String> lines = Files.readAllLines(folder.metrics());
    assertEquals(3, lines.stream().filter(l -> l.contains("\"spread\"")).count());
    for (String name :
        List.of("missing", "d_accuracy_held_out", "g_grad_norm", "d_update_norm", "js_estimate")) {
      assertTrue(lines.stream().anyMatch(l -> l.contains("\"" + name + "\"")), name);
    }
  }

  @Test
  void theLastPenaltyIsLoggedEvenIfTheLoggedStepsHaveNone() throws IOException {
    train("lazy", "steps=4", "log.steps=2", "penalty.kind=r1", "penalty.every=2");
    List<String> logged =
        Files.readAllLines(new RunFolder(root.resolve("lazy")).metrics()).stream()
            .filter(line -> line.contains("d_loss"))
            .toList();
    assertEquals(2, logged.size());
    for (String line : logged) {
      assertTrue(new ObjectMapper().readTree(line).get("d_penalty").asDouble() > 0, line);
    }
  }

  @Test
  void theModelGivesThePointsOfASeed() {
    try (GeneratorModel model = GeneratorModel.load(folder.root())) {
      assertFalse(model.makesImages());
      assertEquals(2, model.dimensions());
      float[] points = model.points(7, 5);
      assertEquals(10, points.length);
      assertArrayEquals(Arrays.copyOf(points, 6), model.points(7, 3), 1e-6f);
      assertFalse(Arrays.equals(points, model.points(8, 5)));
    }
  }

  @Test
  void theModelRefusesImagesAndSaysWhereThePointsAre() {
    try (GeneratorModel model = GeneratorModel.load(folder.root())) {
      for (String message :
          List.of(
              refused(() -> model.sample(1, 2)),
              refused(() -> model.interpolate(1, 2, 3)),
              refused(model::height))) {
        assertTrue(message.contains("generates points, not images: expected shape"), message);
        assertTrue(message.contains("benchmark of modes"), message);
        assertEquals(2, message.lines().count(), message);
      }
      assertEquals("expected 1 to 268435454 samples, found 0", refused(() -> model.points(1, 0)));
    }
  }

  @Test
  void anImageModelRefusesPoints() {
    RunFolder images = new RunFolder(root.resolve("images"));
    new Experiment(TinyRecipe.with("steps=1"), images).train();
    try (GeneratorModel model = GeneratorModel.load(images.root())) {
      assertTrue(refused(() -> model.points(1, 1)).contains("generates images, not points"));
      assertTrue(refused(model::dimensions).contains("generates images, not points"));
    }
  }

  @Test
  void inspectionDescribesTheRunAndTheModel() {
    assertEquals(outcome.weightsSha256(), Inspection.of(folder.root()).get("weights_sha256"));
    Map<String, Object> model = Inspection.of(folder.savedModel());
    assertEquals(2, model.get("dimensions"));
    assertFalse(model.containsKey("height"));
  }

  @Test
  void threeStepsAndThreeMoreAreSixBitForBit() {
    train("parts", "steps=3", "samples.steps=3", "meters.steps=2");
    assertEquals(
        outcome.weightsSha256(),
        train("parts", "steps=6", "samples.steps=3", "meters.steps=2").weightsSha256());
  }

  @Test
  void metersMoveNoWeight() {
    String with = outcome.weightsSha256();
    assertEquals(with, train("none", "steps=6", "meters.steps=0").weightsSha256());
    // and they may change in a run that is resumed
    train("some", "steps=3", "meters.steps=0");
    assertEquals(
        with, train("some", "steps=6", "meters.steps=1", "meters.samples=8").weightsSha256());
  }

  @Test
  void theGridIsOtherDataThanTheRing() {
    train("other", "steps=1");
    assertThrows(DataException.class, () -> train("other", "steps=2", "data.source=grid"));
  }

  @Test
  void anExportIsTheSameModel() {
    Path target = root.resolve("exported");
    new Experiment(RunPlan.begun(folder), folder).export(target);
    assertEquals(
        Inspection.of(folder.savedModel()).get("weights_sha256"),
        Inspection.of(target).get("weights_sha256"));
  }

  private static String refused(Runnable call) {
    return assertThrows(ModelException.class, call::run).getMessage();
  }
}
