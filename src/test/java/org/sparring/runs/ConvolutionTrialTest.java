package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.TaskData;
import org.sparring.data.GlyphSource;
import org.sparring.errors.RecipeException;
import org.sparring.graph.StridedSize;
import org.sparring.natives.SessionOptions;
import org.sparring.recipes.DeviceKeys;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunPlan;

/**
 * A run with {@code device.convolutions: trial} keeps its forms from its first to its last step.
 */
class ConvolutionTrialTest {
  /** The middle layers of networks of width 8. */
  private static final String PATCHES = "device.convolutions=patches:8x8x16";

  private static final String WIDTH = "net.width=8";

  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({"0.5, true", "0.95, true", "0.96, false", "1.7, false", "NaN, false"})
  void patchesAreChosenWhereTheySaveATwentieth(double ratio, boolean expected) {
    assertEquals(expected, Trials.isWorth(ratio));
  }

  @Test
  void theTimerTimesBothForms() {
    try (var timer =
        new ConvolutionTimer(new StridedSize(8, 8, 16), 4, new SessionOptions(1, 1, "cpu", true))) {
      double ratio = timer.ratio();
      assertTrue(ratio > 0.01 && ratio < 1000, "" + ratio);
    }
  }

  /** With the batch of a step; the layers next to the image have too little work. */
  @Test
  void theLargeConvolutionsOfARunAreTried() {
    Assembly assembly = new Assembly(TinyRecipe.with("data.side=32", "net.width=64", "batch=64"));
    TaskData data = TaskData.of(new GlyphSource(64, 32, 1, 1));
    assertEquals(
        Map.of(new StridedSize(16, 64, 128), 64, new StridedSize(8, 128, 256), 64),
        new ConvolutionTrial(assembly, data).sizes());
  }

  /** 2 · 16 · 16 · 16 · 4 · 8 · batch: too little work for a trial. */
  @Test
  void smallConvolutionsKeepTensorFlowsForm() {
    KeptNotes notes = new KeptNotes();
    String[] settings = {"device.onednn=on", "steps=2"};
    Outcome tried =
        train("tried", false, notes, "device.convolutions=trial", settings[0], settings[1]);
    assertEquals(DeviceKeys.LIBRARY, recorded("tried"));
    assertEquals(1, notes.with("device.convolutions trial: library").size());
    Outcome plain = train("plain", false, notes, settings);
    assertEquals(plain.weightsSha256(), tried.weightsSha256());
  }

  @Test
  void aResumedRunKeepsItsForms() {
    KeptNotes notes = new KeptNotes();
    Outcome whole = train("whole", false, notes, PATCHES, WIDTH, "steps=4");
    train("parts", false, notes, PATCHES, WIDTH, "steps=2");
    Outcome parts = train("parts", true, notes, "device.convolutions=trial", "steps=4");
    assertEquals(whole.weightsSha256(), parts.weightsSha256());
    assertEquals(PATCHES, "device.convolutions=" + recorded("parts"));
    assertEquals(List.of(), notes.with("trial"));
    Outcome library = train("library", false, notes, WIDTH, "steps=4");
    assertNotEquals(library.weightsSha256(), whole.weightsSha256());
    assertEquals(library.generatorLoss(), whole.generatorLoss(), 1e-3);
  }

  @Test
  void sizesThatNoLayerHasAreRefused() {
    var refused =
        assertThrows(
            RecipeException.class,
            () -> train("unknown", false, new KeptNotes(), PATCHES + ",16x8x16", WIDTH, "steps=1"));
    assertTrue(
        refused.getMessage().contains("networks, found patches:16x8x16.\n"), refused.getMessage());
  }

  @Test
  void theKeyNamesSizes() {
    var sizes = Set.of(new StridedSize(8, 256, 512), new StridedSize(16, 128, 256));
    String key = DeviceKeys.patches(sizes);
    assertEquals("patches:16x128x256,8x256x512", key);
    assertEquals(sizes, DeviceKeys.DEFAULT.withConvolutions(key).patched());
    assertEquals(DeviceKeys.LIBRARY, DeviceKeys.patches(Set.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "fast", "patches:", "patches:7x4x8", "patches:0x4x8", "patches:8x4", "Trial"})
  void otherValuesAreRefused(String value) {
    var refused =
        assertThrows(RecipeException.class, () -> DeviceKeys.DEFAULT.withConvolutions(value));
    assertTrue(refused.getMessage().startsWith("device.convolutions: expected"), value);
  }

  private Outcome train(String run, boolean resume, KeptNotes notes, String... settings) {
    List<String> all = resume ? List.of(settings) : TinyRecipe.settings(settings);
    RunPlan plan = RunPlan.of(null, root.resolve(run), resume, all);
    return new Experiment(plan.recipe(), plan.folder(), notes).train();
  }

  private String recorded(String run) {
    return RunPlan.begun(new RunFolder(root.resolve(run))).device().convolutions();
  }
}
