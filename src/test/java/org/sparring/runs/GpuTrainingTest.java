package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.benchmarks.timing.GpuMeter;
import org.sparring.benchmarks.timing.Measurement.GpuUse;
import org.sparring.inference.GeneratorModel;
import org.sparring.modes.ModesBenchmark;
import org.sparring.modes.ModesScore;
import org.sparring.modes.ModesTask;
import org.sparring.natives.TestDevice;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.Recipes;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;

/** Whole runs on the GPU. */
@Tag("gpu")
class GpuTrainingTest {
  @TempDir private Path root;

  /** The ring of eight modes, which a pair that does not learn covers none of. */
  @ParameterizedTest
  @ValueSource(strings = {"tf32", "mixed_bfloat16"})
  void aRunConverges(String precision) {
    int steps = 4000;
    RecipeReader reader =
        Recipes.load("ring")
            .set("device.kind", TestDevice.gpu())
            .set("device.precision", precision)
            .set("steps", String.valueOf(steps))
            .set("optimizer.decay_steps", String.valueOf(steps))
            .set("samples.steps", "0")
            .set("ema.decay", "0.99");
    RunFolder folder = new RunFolder(root.resolve("ring"));
    Optional<GpuUse> use = watched(new Experiment(reader.recipe(), folder));
    try (GeneratorModel model = GeneratorModel.load(folder.savedModel())) {
      ModesScore score =
          ModesScore.of(ModesTask.RING.mixture(), model.points(ModesBenchmark.SCORED_SEED, 2500));
      System.out.println(precision + ": " + score);
      use.ifPresent(
          gpu -> System.out.println(precision + ": peak GPU memory " + gpu.peakMib() + " MiB"));
      assertEquals(8, score.modes());
      assertTrue(score.highQuality() > 85, score.highQuality() + " % of high quality");
    }
  }

  /** Trains; what the GPU did meanwhile, where there is one. */
  private static Optional<GpuUse> watched(Experiment experiment) {
    Optional<GpuMeter> meter = GpuMeter.start();
    try {
      experiment.train();
      return meter.flatMap(GpuMeter::stop);
    } finally {
      meter.ifPresent(GpuMeter::close);
    }
  }

  @Test
  void aRunGoesOnFromItsCheckpoint() {
    Outcome whole = train("whole", "steps=40");
    Outcome half = train("parts", "steps=20");
    Outcome parts = train("parts", "steps=40");
    assertEquals(20, half.steps());
    assertEquals(40, parts.steps());
    // a GPU may sum in another order each time: close, where the CPU is the same to the last bit
    assertEquals(whole.discriminatorLoss(), parts.discriminatorLoss(), 0.02);
    assertEquals(whole.generatorLoss(), parts.generatorLoss(), 0.02);
  }

  private Outcome train(String name, String steps) {
    List<String> settings = new ArrayList<>(TinyRecipe.settings());
    settings.add("device.kind=" + TestDevice.gpu());
    settings.add("device.onednn=on");
    settings.add(steps);
    Recipe recipe = TinyRecipe.with(settings.toArray(new String[0]));
    return new Experiment(recipe, new RunFolder(root.resolve(name))).train();
  }
}
