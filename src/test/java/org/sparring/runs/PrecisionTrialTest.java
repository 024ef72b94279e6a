package org.sparring.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.recipes.DeviceKeys.PrecisionKind;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunPlan;

/**
 * A run with {@code device.precision: auto} has one number format from its first to its last step.
 */
class PrecisionTrialTest {
  private static final String AUTO = "device.precision=auto";

  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({
    "0.5, MIXED_BFLOAT16",
    "0.95, MIXED_BFLOAT16",
    "0.96, TF32",
    "1.7, TF32",
    "NaN, TF32"
  })
  void bfloat16IsChosenWhereItSavesATwentieth(double ratio, PrecisionKind expected) {
    assertEquals(expected, PrecisionTrial.better(ratio));
  }

  /** Also of data that are streamed, which the trial opens before the run does. */
  @ParameterizedTest
  @ValueSource(strings = {"device", "stream"})
  void theRunIsOneOfTheFormatThatItRecords(String residence) {
    String[] settings = {"device.onednn=on", "data.residence=" + residence, "steps=4"};
    KeptNotes notes = new KeptNotes();
    Outcome tried = train("tried", false, notes, plus(settings, AUTO));
    PrecisionKind chosen = recorded("tried");
    assertTrue(chosen == PrecisionKind.TF32 || chosen == PrecisionKind.MIXED_BFLOAT16, "" + chosen);
    assertEquals(1, notes.with("device.precision auto: " + chosen.label()).size());
    assertTrue(notes.with("of the time of float32").size() == 1, notes.lines().toString());
    Outcome named =
        train("named", false, notes, plus(settings, "device.precision=" + chosen.label()));
    assertEquals(named.weightsSha256(), tried.weightsSha256());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tf32", "mixed_bfloat16"})
  void aResumedRunKeepsItsFormatWithoutATrial(String begun) {
    String fixed = "device.precision=" + begun;
    KeptNotes notes = new KeptNotes();
    Outcome whole = train("whole", false, notes, fixed, "steps=4");
    train("parts", false, notes, fixed, "steps=2");
    Outcome parts = train("parts", true, notes, AUTO, "steps=4");
    assertEquals(whole.weightsSha256(), parts.weightsSha256());
    assertEquals(begun, recorded("parts").label());
    assertEquals(List.of(), notes.with("device.precision auto"));
  }

  @ParameterizedTest
  @CsvSource({
    "game.rule=consensus, the game's rule differentiates gradients",
    "device.onednn=off, the networks are small"
  })
  void thereIsNoTrialWhereBfloat16CannotBeChosen(String setting, String reason) {
    KeptNotes notes = new KeptNotes();
    train("run", false, notes, AUTO, setting, "steps=1");
    assertEquals(PrecisionKind.TF32, recorded("run"));
    assertEquals(1, notes.with(reason).size(), notes.lines().toString());
  }

  @Test
  void itIsOffUnlessARecipeNamesIt() {
    KeptNotes notes = new KeptNotes();
    train("run", false, notes, "steps=1");
    assertEquals(PrecisionKind.TF32, recorded("run"));
    assertEquals(List.of(), notes.with("device.precision"));
  }

  private static String[] plus(String[] settings, String more) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add(more);
    return all.toArray(String[]::new);
  }

  private Outcome train(String run, boolean resume, KeptNotes notes, String... settings) {
    RunPlan plan = RunPlan.of(null, root.resolve(run), resume, settings(resume, settings));
    return new Experiment(plan.recipe(), plan.folder(), notes).train();
  }

  private static List<String> settings(boolean resume, String... settings) {
    return resume ? List.of(settings) : TinyRecipe.settings(settings);
  }

  private PrecisionKind recorded(String run) {
    return RunPlan.begun(new RunFolder(root.resolve(run))).device().precision();
  }
}
