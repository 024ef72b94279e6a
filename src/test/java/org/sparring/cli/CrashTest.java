package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.runs.Experiment;

/**
 * Training processes that are killed or asked to end, and resumed: the weights equal the weights of
 * a run that nothing happened to.
 */
@DisabledOnOs(OS.WINDOWS)
class CrashTest {
  private static final int STEPS = 40;

  /** A checkpoint a step, so that half of the time a kill meets one being written. */
  private static final String[] SETTINGS = {
    "batch=32", "net.width=8", "checkpoint.steps=1", "checkpoint.keep=2", "steps=" + STEPS
  };

  @TempDir private Path folder;
  private Path run;
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void aRunThatIsKilledAndThenAskedToEndIsResumedBitForBit() throws Exception {
    run = folder.resolve("run");
    System.out.println("kills drawn from seed " + seed);
    String whole = uninterrupted();
    killAtRandom(12);
    int code = end("TERM", newest() + 2);
    assertEquals(130, code);
    assertFinished(whole);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"game.rule=alternating", "game.rule=simultaneous"})
  void aRunThatIsKilledAgainAndAgainIsResumedBitForBit(String rule) throws Exception {
    run = folder.resolve("run");
    System.out.println("kills drawn from seed " + seed);
    String whole = uninterrupted(rule);
    for (int kill = 0; kill < 10 && newest() < STEPS; kill++) {
      killAtRandom(6, rule);
    }
    assertFinished(whole, rule);
  }

  @Tag("long")
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void aSignalIsAnsweredWithACheckpointOfTheStepReached(String signal) throws Exception {
    assumeFalse(signal.equals("INT") && interruptsAreIgnored(), "as below nohup");
    run = folder.resolve("run");
    String whole = uninterrupted("checkpoint.steps=0");
    SparringProcess process = start("checkpoint.steps=0", "log.steps=1");
    process.until(() -> stepsLogged() >= 10);
    process.signal(signal);
    assertEquals(130, process.exitCode(), process.err());
    long reached = newest();
    assertTrue(reached >= 10 && reached < STEPS, "step " + reached);
    assertTrue(process.out().contains("\"steps\":" + reached + ","), process.out());
    assertEquals(reached, stepsLogged(), "the step that was reached last");
    assertFinished(whole, "checkpoint.steps=0");
  }

  @Tag("long")
  @Test
  @EnabledOnOs(OS.LINUX)
  void aRunHasTheThreadsThatItsRecipeSays() throws Exception {
    assertEquals(4, nativeThreads(5) - nativeThreads(1));
  }

  /** TensorFlow's threads have no names of their own and bear the process's. */
  private long nativeThreads(int intraOp) throws Exception {
    run = folder.resolve("run" + intraOp);
    SparringProcess process = start("device.intra_op_threads=" + intraOp, "steps=100000");
    process.until(() -> newest() > 1);
    long threads = process.threads("java");
    process.signal("KILL");
    assertEquals(137, process.exitCode(), process.err());
    return threads;
  }

  /** A graph that takes half a minute to build. */
  @Test
  void aSignalBeforeTheFirstStepEndsTheProcessAtOnce() throws Exception {
    run = folder.resolve("run");
    SparringProcess process = start("game.rule=unrolled", "game.unrolled_steps=40");
    process.until(() -> Files.exists(run.resolve(".lock")));
    long asked = System.nanoTime();
    process.signal("TERM");
    assertEquals(130, process.exitCode(), process.err());
    assertTrue(System.nanoTime() - asked < 10_000_000_000L, "seconds to answer");
    assertTrue(process.err().contains("nothing to save"), process.err());
    assertEquals(List.of(), checkpoints().finished());
  }

  /** Steps of some seconds each: the first signal waits for the end of one. */
  @Test
  void aSecondSignalEndsTheProcessAtOnce() throws Exception {
    run = folder.resolve("run");
    SparringProcess process =
        start("checkpoint.steps=0", "batch=128", "net.width=128", "data.side=64", "steps=1000");
    process.until(() -> stepsLogged() >= 1);
    process.signal("TERM");
    Thread.sleep(200);
    long asked = System.nanoTime();
    process.signal("TERM");
    assertEquals(130, process.exitCode(), process.err());
    assertTrue(System.nanoTime() - asked < 10_000_000_000L, "seconds to answer");
    assertTrue(process.err().contains("interrupted again"), process.err());
  }

  @Test
  void aSignalThatFindsNoRoomForACheckpointIsNotAnsweredAsIfThereWereOne() throws Exception {
    run = folder.resolve("run");
    Files.createDirectories(run);
    Files.writeString(run.resolve("checkpoints"), "a file where the folder goes");
    SparringProcess process = start("checkpoint.steps=0", "log.steps=1", "steps=1000000");
    process.until(() -> stepsLogged() >= 10);
    process.signal("TERM");
    assertEquals(5, process.exitCode(), process.err());
    assertTrue(process.err().contains("cannot write checkpoint"), process.err());
  }

  /** In this process, and with no checkpoint but the last. */
  private String uninterrupted(String... settings) {
    List<String> all = new ArrayList<>(List.of(SETTINGS));
    all.addAll(List.of(settings));
    all.add("checkpoint.steps=0");
    Recipe recipe = TinyRecipe.with(all.toArray(String[]::new));
    return new Experiment(recipe, new RunFolder(folder.resolve("whole"))).train().weightsSha256();
  }

  /**
   * Kills it up to a number of steps and some milliseconds after it began; its files are complete.
   */
  private void killAtRandom(int most, String... settings) throws Exception {
    long target = newest() + 1 + random.nextInt(most);
    SparringProcess process = start(settings);
    process.until(() -> newest() >= Math.min(target, STEPS - 1));
    Thread.sleep(random.nextInt(20));
    process.signal("KILL");
    int code = process.exitCode();
    assertTrue(code == 137 || (code == 0 && newest() == STEPS), code + " " + process.err());
    List<Path> left = checkpoints().finished();
    left.forEach(CheckpointStore::read);
    System.out.println("killed at step " + newest() + ", readable: " + left.size());
  }

  private int end(String signal, long step) throws Exception {
    SparringProcess process = start();
    boolean alive = process.until(() -> newest() >= step);
    process.signal(signal);
    assertTrue(alive, process.err());
    return process.exitCode();
  }

  private void assertFinished(String weights, String... settings) throws Exception {
    SparringProcess process = start(settings);
    assertEquals(0, process.exitCode(), process.err());
    List<String> lines = process.out().lines().toList();
    JsonNode result = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertEquals(weights, result.get("weights_sha256").asText());
    assertEquals(STEPS, result.get("steps").asInt());
    for (String key :
        List.of("run", "kimg", "seconds", "images_per_second", "step_ms_median", "d_loss")) {
      assertTrue(result.has(key), key + " in " + result);
    }
    assertTrue(Files.exists(run.resolve("saved_model/saved_model.pb")));
    assertEquals(List.of(), checkpoints().leftovers());
  }

  private SparringProcess start(String... settings) throws IOException {
    List<String> all = new ArrayList<>(List.of(SETTINGS));
    all.addAll(List.of(settings));
    List<String> options = TinyRecipe.options(all.toArray(String[]::new));
    return SparringProcess.start(
        folder, Main.class, options, "train", "--run", run.toString(), "--resume", "--json");
  }

  private RunCheckpoints checkpoints() {
    return new RunCheckpoints(run);
  }

  private long newest() {
    return checkpoints().newest();
  }

  private long stepsLogged() {
    try (Stream<String> lines = Files.lines(run.resolve("metrics.jsonl"))) {
      LongStream steps =
          lines
              .filter(line -> line.contains("d_loss") && line.endsWith("}"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D*(\\d+).*", "$1")));
      OptionalLong last = steps.max();
      return last.orElse(0);
    } catch (IOException | java.io.UncheckedIOException notYet) {
      return 0;
    }
  }

  /** A process whose parent ignores SIGINT ignores it too. */
  private static boolean interruptsAreIgnored() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.replaceAll("\\W*SigIgn:\\s*", ""), 16))
        .anyMatch(ignored -> (ignored & 2) != 0);
  }
}
