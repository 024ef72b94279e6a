package org.sparring.listeners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparring.alarms.Alarm;
import org.sparring.errors.ArgumentException;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.Inspection;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunPlan;
import org.sparring.runs.Experiment;
import org.sparring.runs.Outcome;
import org.sparring.telemetry.ImageGrid;
import org.sparring.training.DivergenceException;
import org.sparring.training.TrainingListener.Ending;

/** Alarms in whole runs. */
class AlarmPolicyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path root;

  @Test
  void aRunStopsAtTheAlarmItIsToStopOnAfterACheckpoint() throws IOException {
    Outcome outcome = train("run", AlarmPolicy.stopOn(List.of("saturation", "mode-collapse")));
    assertEquals(Ending.ALARMED, outcome.ending());
    assertTrue(outcome.steps() < 60, outcome.toString());
    assertTrue(outcome.alarms().contains("mode-collapse"), outcome.toString());
    List<JsonNode> events = events("run");
    JsonNode last = events.get(events.size() - 1);
    assertEquals("alarmed", last.get("message").asText());
    JsonNode alarm = only(events, "alarm: mode-collapse");
    assertEquals(outcome.steps(), alarm.get("step").asLong());
    assertTrue(alarm.get("message").asText().startsWith("the spread of generated samples is 0.0"));
    assertTrue(marks("run").contains("alarm/mode-collapse"));
    assertTrue(Files.exists(new RunFolder(root.resolve("run")).savedModel()));
    // and the run can be resumed
    Outcome gone = train("run", AlarmPolicy.REPORT);
    assertEquals(Ending.COMPLETED, gone.ending());
    assertEquals(60, gone.steps());
  }

  @Test
  void anAlarmThatIsOnlyToldStopsNothing() throws IOException {
    Outcome outcome = train("run", AlarmPolicy.REPORT);
    assertEquals(Ending.COMPLETED, outcome.ending());
    assertTrue(outcome.alarms().contains("mode-collapse"), outcome.toString());
    only(events("run"), "alarm: mode-collapse");
  }

  @Test
  void anotherAlarmDoesNotStopIt() {
    assertEquals(
        Ending.COMPLETED, train("run", AlarmPolicy.stopOn(List.of("overfitting"))).ending());
  }

  @Test
  void aDivergenceIsAnAlarmThatAlwaysStops() throws IOException {
    for (String meters : List.of("meters.steps=0", "meters.steps=1")) {
      Recipe recipe =
          TinyRecipe.with("steps=30", "checkpoint.steps=1", "optimizer.learning_rate=1e30", meters);
      RunFolder folder = new RunFolder(root.resolve(meters));
      DivergenceException first = diverged(recipe, folder);
      assertAlarmed(meters, first);
      // resuming from the last good checkpoint reaches the same step and logs it once
      DivergenceException again = diverged(recipe, folder);
      assertEquals(first.getMessage(), again.getMessage());
      assertAlarmed(meters, again);
      assertEquals(
          first.step() - 1,
          Inspection.of(folder.root()).get("step"),
          "the last good checkpoint stays");
    }
  }

  private void assertAlarmed(String run, DivergenceException found) throws IOException {
    JsonNode alarm = only(events(run), "alarm: non-finite");
    assertEquals(found.step(), alarm.get("step").asLong());
    String measured = alarm.get("message").asText();
    assertTrue(
        found.getMessage().startsWith("diverged: " + measured + " at step " + found.step()),
        measured);
    assertTrue(marks(run).contains("alarm/non-finite"));
  }

  private static DivergenceException diverged(Recipe recipe, RunFolder folder) {
    return assertThrows(DivergenceException.class, () -> new Experiment(recipe, folder).train());
  }

  @Test
  void alarmsAreKnownByTheirLabels() {
    assertEquals(Set.of(), AlarmPolicy.stopOn(List.of()).stopOn());
    assertEquals(
        Set.of(Alarm.NON_FINITE, Alarm.MODE_COLLAPSE),
        AlarmPolicy.stopOn(List.of("non-finite", "mode-collapse", "non-finite")).stopOn());
    String message =
        assertThrows(ArgumentException.class, () -> AlarmPolicy.stopOn(List.of("collapse")))
            .getMessage();
    assertTrue(message.startsWith("stopOn: expected alarms of vanishing-gradient, "), message);
    assertTrue(message.endsWith("found 'collapse'; did you mean 'mode-collapse'?"), message);
  }

  @Test
  void anAlarmThatCanNeverSoundIsNotWaitedFor() {
    assertDeaf(
        "stopOn: expected a run that is measured, found meters.steps 0",
        "mode-collapse",
        "meters.steps=0");
    String saturation =
        "stopOn saturation: expected loss.kind non-saturating or minimax without smoothing,"
            + " whose V it watches, found ";
    assertDeaf(saturation + "hinge", "saturation", "loss.kind=hinge");
    assertDeaf(
        saturation + "minimax with loss.smoothing 0.1",
        "saturation",
        "loss.kind=minimax",
        "loss.smoothing=0.1");
    // a divergence needs no meters
    AlarmPolicy.stopOn(List.of("non-finite")).requireHeard(TinyRecipe.with("meters.steps=0"));
  }

  @Test
  void overfittingIsNotWaitedForWhereNothingIsHeldOut() throws IOException {
    Path photos = root.resolve("photos");
    for (int i = 0; i < 40; i++) {
      Path file = photos.resolve("a").resolve(i + ".png");
      Files.createDirectories(file.getParent());
      ImageGrid.write(new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY), file);
    }
    String folder = "data.source=folder:" + photos;
    assertDeaf(
        "stopOn overfitting: expected held-out samples next to folder photos, found none",
        "overfitting",
        folder);
    assertDeaf(
        "stopOn overfitting: expected held-out samples next to folder photos train, found ",
        "overfitting",
        folder,
        "data.held_out=0.1");
    Recipe recipe =
        TinyRecipe.with(
            folder, "data.held_out=0.5", "meters.samples=8", "meters.steps=1", "steps=3");
    RunFolder run = new RunFolder(root.resolve("held"));
    new Experiment(recipe, run).train(() -> false, AlarmPolicy.stopOn(List.of("overfitting")));
    assertTrue(Files.readString(run.metrics()).contains("d_accuracy_held_out"));
  }

  private void assertDeaf(String message, String alarm, String... settings) {
    RunFolder folder = new RunFolder(root.resolve("none"));
    Experiment experiment = new Experiment(TinyRecipe.with(settings), folder);
    AlarmPolicy watch = AlarmPolicy.stopOn(List.of(alarm));
    String found =
        assertThrows(ArgumentException.class, () -> experiment.train(() -> false, watch))
            .getMessage();
    assertTrue(found.startsWith(message), found);
    assertFalse(Files.exists(folder.root()));
  }

  /** The remedy of an alarm can be typed unchanged. */
  @ParameterizedTest
  @EnumSource(Alarm.class)
  void remediesAreKeysAndValuesOfRecipes(Alarm alarm) {
    var keys = Pattern.compile("([a-z]+\\.[a-z0-9_]+)(?: (\\S*[a-z0-9]))?").matcher(alarm.remedy());
    int found = 0;
    while (keys.find()) {
      found++;
      RecipeReader reader = new RecipeReader();
      boolean valued = keys.group(2) != null && !keys.group(2).equals("or");
      JsonNode known = JSON.valueToTree(Recipe.DEFAULT);
      for (String part : keys.group(1).split("\\.")) {
        known = known.path(part);
      }
      assertFalse(known.isMissingNode(), keys.group(1));
      if (valued) {
        reader.set(keys.group(1), keys.group(2)).recipe();
      }
    }
    assertTrue(found > 0 || alarm == Alarm.NON_FINITE, alarm.remedy());
  }

  private Outcome train(String run, AlarmPolicy watch) {
    RunPlan plan = RunPlan.of(null, root.resolve(run), true, TinyRecipe.collapsing());
    return new Experiment(plan.recipe(), plan.folder()).train(() -> false, watch);
  }

  private List<JsonNode> events(String run) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(new RunFolder(root.resolve(run)).metrics())) {
      JsonNode parsed = JSON.readTree(line);
      if (parsed.has("event")) {
        events.add(parsed);
      }
    }
    return events;
  }

  private static JsonNode only(List<JsonNode> events, String name) {
    List<JsonNode> found =
        events.stream().filter(e -> e.get("event").asText().equals(name)).toList();
    assertEquals(1, found.size(), name + " in " + events);
    return found.get(0);
  }

  /** Tags are plain text in an event file. */
  private String marks(String run) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(root.resolve(run))) {
      for (Path file : files.filter(f -> f.toString().contains("tfevents")).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
