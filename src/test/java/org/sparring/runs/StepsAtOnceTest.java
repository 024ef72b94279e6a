package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.listeners.AlarmPolicy;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.Inspection;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunPlan;
import org.sparring.training.DivergenceException;
import org.sparring.training.TrainingListener.Ending;

/** Whole runs whose device makes several steps at once. */
class StepsAtOnceTest {
  private static final String SINGLE = "device.steps_per_run=1";
  private static final String MANY = "device.steps_per_run=64";

  /** No step but the last at which anything is looked at. */
  private static final String[] UNWATCHED = {
    "log.steps=1000", "meters.steps=0", "samples.steps=0", "checkpoint.steps=0"
  };

  @TempDir private Path root;

  @Test
  void aRunLeavesTheSameFolder() throws IOException {
    String[] watched = {
      "log.steps=10", "meters.steps=15", "samples.steps=20", "checkpoint.steps=12", "steps=45"
    };
    Outcome single = train("single", add(watched, SINGLE));
    Outcome many = train("many", add(watched, MANY));
    assertEquals(single.weightsSha256(), many.weightsSha256());
    assertEquals(logged("single"), logged("many"));
    assertEquals(names("single/checkpoints"), names("many/checkpoints"));
    for (String picture : names("single/samples")) {
      byte[] expected = Files.readAllBytes(root.resolve("single/samples").resolve(picture));
      byte[] found = Files.readAllBytes(root.resolve("many/samples").resolve(picture));
      assertArrayEquals(expected, found, picture);
    }
  }

  @Test
  void aRunThatIsAskedToStopWritesItsStateWhenTheDeviceStops() {
    Outcome whole = train("whole", add(UNWATCHED, SINGLE, "steps=20"));
    Recipe recipe = TinyRecipe.with(add(UNWATCHED, "device.steps_per_run=8", "steps=20"));
    RunFolder folder = new RunFolder(root.resolve("run"));
    AtomicInteger asked = new AtomicInteger();
    Outcome stopped = new Experiment(recipe, folder).train(() -> asked.incrementAndGet() == 1);
    assertEquals(Ending.INTERRUPTED, stopped.ending());
    assertEquals(8, stopped.steps());
    Outcome gone = new Experiment(recipe, folder).train();
    assertEquals(whole.weightsSha256(), gone.weightsSha256());
  }

  @ParameterizedTest
  @ValueSource(strings = {SINGLE, MANY})
  void aDivergenceNamesItsStepAndLeavesTheLastGoodCheckpoint(String setting) {
    // descent on squares of what it makes: the losses grow over all bounds within a few steps
    String[] wild = {
      "net.kind=mlp",
      "loss.kind=least-squares",
      "optimizer.kind=sgd",
      "optimizer.learning_rate=1",
      "optimizer.discriminator_learning_rate=1",
      "steps=200",
    };
    String[] settings = add(add(UNWATCHED, wild), setting);
    DivergenceException alone =
        assertThrows(DivergenceException.class, () -> train("alone", add(wild, SINGLE)));
    long diverging = alone.step();
    assertTrue(diverging > 3, "step " + diverging);
    String stop = "checkpoint.steps=" + (diverging - 2);
    DivergenceException found =
        assertThrows(DivergenceException.class, () -> train("run", add(settings, stop)));
    assertEquals(alone.getMessage(), found.getMessage());
    assertEquals(diverging - 2, Inspection.of(root.resolve("run")).get("step"));
  }

  @Test
  void anAlarmStopsItAtItsReading() {
    List<Long> steps = new ArrayList<>();
    for (String setting : List.of(SINGLE, MANY)) {
      List<String> collapsing =
          TinyRecipe.collapsing("meters.steps=3", "log.steps=1000", "steps=200", setting);
      RunPlan plan = RunPlan.of(null, root.resolve(setting), false, collapsing);
      Outcome outcome =
          new Experiment(plan.recipe(), plan.folder())
              .train(() -> false, AlarmPolicy.stopOn(List.of("mode-collapse")));
      assertEquals(Ending.ALARMED, outcome.ending());
      steps.add(outcome.steps());
    }
    assertEquals(steps.get(0), steps.get(1));
  }

  private Outcome train(String run, String... settings) {
    Recipe recipe = TinyRecipe.with(settings);
    return new Experiment(recipe, new RunFolder(root.resolve(run))).train();
  }

  private static String[] add(String[] settings, String... more) {
    return Stream.concat(Stream.of(settings), Stream.of(more)).toArray(String[]::new);
  }

  /** What metrics.jsonl says but for times. */
  private List<String> logged(String run) throws IOException {
    List<String> logged = new ArrayList<>();
    for (String line : Files.readAllLines(root.resolve(run).resolve("metrics.jsonl"))) {
      ObjectNode parsed = (ObjectNode) new ObjectMapper().readTree(line);
      parsed.remove(List.of("step_ms", "time"));
      logged.add(parsed.toString());
    }
    return logged;
  }

  private List<String> names(String folder) throws IOException {
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
