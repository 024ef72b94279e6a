package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.cli.DiskLog.Call;
import org.sparring.errors.CheckpointException;
import org.sparring.errors.RecipeException;
import org.sparring.exports.ModelFolder;
import org.sparring.inference.GeneratorModel;
import org.sparring.inference.LoadedModel;
import org.sparring.inference.OpPolicy;
import org.sparring.natives.SessionOptions;
import org.sparring.recipes.Recipes;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.runs.Experiment;

/**
 * The power fails at any moment of a training or an export: the file operations of the process are
 * recorded, and replayed up to that moment with what was not forced to the disk lost, wholly or in
 * part.
 */
@EnabledOnOs(OS.LINUX)
class PowerLossTest {
  private static final String[] SETTINGS = {
    "checkpoint.steps=1", "checkpoint.keep=2", "device.steps_per_run=1"
  };

  /** Of each moment: one without anything that was not forced, others with some of it. */
  private static final int STATES = 4;

  private static final Pattern STEP = Pattern.compile("\"step\": ?(\\d+)");
  private static final long SEED = Long.getLong("sparring.seed", 20261129);

  @TempDir private Path folder;
  private Path disk;
  private Path before;
  private String[] settings;
  private String whole;
  private final Random random = new Random(SEED);
  private final List<String> lost = new ArrayList<>();
  private int resumed;
  private int operations;
  private int states;

  @Test
  void noCheckpointIsLost() throws Exception {
    prepare();
    List<Call> training = training("steps=3");
    replayTraining(training, 25, 1);
    tell();
    requireLossesAreSeen(training, 8);
  }

  /** {@code -Dsparring.powerLosses} gives the moments of each of the two logs. */
  @Tag("long")
  @Test
  void nothingThatWasSavedIsLostAtAnyMoment() throws Exception {
    prepare();
    int moments = Integer.getInteger("sparring.powerLosses", 1000);
    List<Call> training = training("steps=12");
    String run = disk.resolve("run").toString();
    String model = disk.resolve("model").toString();
    recorded(List.of(), "export", run, "--out", model);
    Path after = folder.resolve("after");
    FileUtils.copyDirectory(disk.toFile(), after.toFile());
    List<Call> export = recorded(List.of(), "export", run, "--out", model);
    replayTraining(training, moments, 12);
    replayExport(export, after, moments);
    tell();
    requireLossesAreSeen(training, 40);
  }

  private void prepare() throws Exception {
    assumeTrue(DiskLog.isPossible(folder), "strace is missing or not permitted");
    System.out.println("losses of power drawn from seed " + SEED);
    disk = Files.createDirectories(folder.resolve("disk")).toRealPath();
    before = Files.createDirectories(folder.resolve("before"));
  }

  private List<Call> training(String steps) throws Exception {
    settings = new String[] {SETTINGS[0], SETTINGS[1], SETTINGS[2], steps};
    Path run = disk.resolve("run");
    List<Call> calls = recorded(TinyRecipe.options(settings), "train", "--run", run.toString());
    CheckpointStore store = new CheckpointStore(run.resolve("checkpoints"), 2);
    whole = store.latest().orElseThrow().manifest().weightsSha256();
    return calls;
  }

  private void tell() {
    System.out.println(
        operations
            + " operations on the disk, "
            + states
            + " states after a loss of power, "
            + resumed
            + " of them resumed, "
            + lost.size()
            + " with a loss");
    assertEquals(List.of(), lost);
    assertTrue(resumed > 0);
  }

  /** A disk that forces nothing loses checkpoints: this test can fail. */
  private void requireLossesAreSeen(List<Call> training, int moments) throws IOException {
    replay(training, before, moments, false, (state, saved) -> checkRun(state, saved, false));
    assertTrue(!lost.isEmpty(), "no loss was seen");
  }

  private List<Call> recorded(List<String> options, String... arguments) throws Exception {
    Path log = folder.resolve("log-" + random.nextInt(1 << 30));
    SparringProcess process =
        SparringProcess.under(DiskLog.recorder(log), folder, Main.class, options, arguments);
    assertEquals(0, process.exitCode(), process.err());
    return DiskLog.read(log);
  }

  /** Looks at a state, knowing the last step whose checkpoint had been written. */
  private interface Look {
    void at(Path state, long saved) throws IOException;
  }

  private void replayTraining(List<Call> calls, int moments, int resumes) throws IOException {
    int every = Math.max(1, STATES * Math.min(moments, 300) / resumes);
    int[] seen = {0};
    replay(
        calls,
        before,
        moments,
        true,
        (s, saved) -> checkRun(s, saved, seen[0]++ % every == every - 1));
  }

  private void replayExport(List<Call> calls, Path after, int moments) throws IOException {
    int[] seen = {0};
    replay(calls, after, moments, true, (state, saved) -> checkModel(state, seen[0]++ % 20 == 0));
  }

  private void replay(List<Call> calls, Path before, int moments, boolean forcing, Look look)
      throws IOException {
    DiskModel model = modelOf(before, forcing);
    TreeSet<Integer> at = moments(calls, before, moments);
    long reached = 0;
    for (int i = 0; i < calls.size(); i++) {
      model.apply(calls.get(i));
      reached = Math.max(reached, stepPrinted(calls.get(i)));
      if (at.contains(i)) {
        for (int kept = 0; kept < STATES; kept++) {
          Path state = folder.resolve("state");
          if (kept == 0) {
            model.writeForced(state);
          } else {
            model.writeSome(state, random);
          }
          look.at(state, reached - 1);
          FileUtils.deleteDirectory(state.toFile());
          states++;
        }
      }
    }
  }

  /** The model knows the disk's own paths; what it held when the log began lies elsewhere now. */
  private DiskModel modelOf(Path before, boolean forcing) throws IOException {
    Path kept = folder.resolve("kept");
    Files.move(disk, kept);
    try {
      FileUtils.copyDirectory(before.toFile(), disk.toFile());
      return new DiskModel(disk, forcing);
    } finally {
      FileUtils.deleteDirectory(disk.toFile());
      Files.move(kept, disk);
    }
  }

  /** Behind operations of this disk; all of them where there are no more. */
  private TreeSet<Integer> moments(List<Call> calls, Path before, int moments) throws IOException {
    DiskModel model = modelOf(before, true);
    List<Integer> own = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      if (model.apply(calls.get(i))) {
        own.add(i);
      }
    }
    operations += own.size();
    Collections.shuffle(own, random);
    return new TreeSet<>(own.subList(0, Math.min(moments, own.size())));
  }

  /** The line of a step is written when the checkpoint of the step before is. */
  private static long stepPrinted(Call call) {
    if (!call.name().equals("write") || call.result() > 5000) {
      return 0;
    }
    String text = new String(call.bytes(1), StandardCharsets.ISO_8859_1);
    Matcher step = STEP.matcher(text);
    return text.contains("d_loss") && step.find() ? Long.parseLong(step.group(1)) : 0;
  }

  private void checkRun(Path state, long saved, boolean resume) {
    Path run = state.resolve("run");
    try {
      long found =
          new CheckpointStore(run.resolve("checkpoints"), 2)
              .latest()
              .map(Checkpoint::manifest)
              .map(m -> m.step())
              .orElse(0L);
      if (found < saved) {
        lost.add("step " + found + " found, step " + saved + " saved");
      } else if (found > 0) {
        resume(run, resume);
      }
    } catch (CheckpointException | RecipeException e) {
      lost.add("step " + saved + " saved: " + e.getMessage());
    }
  }

  /** A run with a checkpoint has its recipe too. */
  private void resume(Path run, boolean train) {
    Recipes.load(run.resolve("recipe.yaml").toString()).recipe();
    if (train) {
      Experiment experiment = new Experiment(TinyRecipe.with(settings), new RunFolder(run));
      assertEquals(whole, experiment.train().weightsSha256());
      resumed++;
    }
  }

  private void checkModel(Path state, boolean run) {
    try {
      Path model = ModelFolder.find(state.resolve("model"));
      LoadedModel.check(model, OpPolicy.KNOWN);
      if (run) {
        GeneratorModel.load(model, SessionOptions.CPU).close();
      }
    } catch (RuntimeException e) {
      lost.add("no model: " + e.getMessage());
    }
  }
}
