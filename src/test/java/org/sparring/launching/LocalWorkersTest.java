package org.sparring.launching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.TrainingException;

/** Real processes that do what {@link FakeWorker} says, in place of workers. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(60)
class LocalWorkersTest {
  private static final WorkerCodes CODES = new WorkerCodes(130, 138, Set.of(7));
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();
  private final List<List<String>> addresses = new ArrayList<>();
  private final List<Boolean> again = new ArrayList<>();

  @AfterEach
  void noProcessIsLeft() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".pid")).toList()) {
        long pid = Long.parseLong(Files.readString(file));
        assertTrue(ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty(), file + "");
      }
    }
  }

  @Test
  void aTrainingThatEndsWellIsQuietAndLeavesTheLogsOfTheFollowers() throws IOException {
    assertEquals(0, run(0, SHORT, LONG, "exit:0", "exit:0", "exit:0"));
    assertEquals(List.of(), notes);
    assertEquals("fake worker: exit:0\n", Files.readString(folder.resolve("logs/1.log")));
    assertEquals("fake worker: exit:0\n", Files.readString(folder.resolve("logs/2.log")));
    assertTrue(Files.notExists(folder.resolve("logs/0.log")));
    assertEquals(3, Set.copyOf(addresses.get(0)).size());
    assertTrue(addresses.get(0).get(0).matches("127\\.0\\.0\\.1:\\d+"), addresses + "");
  }

  @Test
  void aFailureEndsTheOthersAndIsNamed() {
    assertEquals(3, run(2, SHORT, LONG, "wait", "exit:3"));
    assertEquals(
        List.of("worker 1 ended with exit code 3; its log: " + folder.resolve("logs/1.log")),
        notes);
    assertEquals(List.of(false, false), again, "a mistake is not repeated");
  }

  @Test
  void aFailureOfAllIsThatOfTheLeader() {
    assertEquals(7, run(0, SHORT, LONG, "exit:7", "exit:7"));
    assertEquals(2, run(0, LONG, LONG, "exit:2", "exit:2"));
    assertEquals(List.of(), notes);
  }

  @Test
  void aWorkerThatIsKilledIsTheCauseEvenIfAnotherThatLostItEndsFirst() {
    assertEquals(137, run(0, LONG, LONG, "exit:138", "kill"));
    assertEquals(
        List.of(
            "worker 1 ended with exit code 137 (signal 9); its log: "
                + folder.resolve("logs/1.log")),
        notes);
  }

  /** The leader alone finds a weight that is not finite, when it writes a checkpoint. */
  @Test
  void aDivergenceOfTheLeaderAloneIsTheCauseAndNothingStartsAgain() {
    assertEquals(7, run(2, LONG, LONG, "exit:7", "exit:138"));
    assertEquals(List.of("worker 0 ended with exit code 7"), notes);
  }

  @Test
  void afterALossAllStartAgainFromTheLastCheckpoint() throws IOException {
    assertEquals(0, runTwice(2, List.of("exit:138", "kill"), List.of("exit:0", "exit:0")));
    assertEquals(
        List.of(
            "worker 1 ended with exit code 137 (signal 9): all start again from the last checkpoint"
                + " (restart 1 of 2)"),
        notes);
    assertEquals(List.of(false, false, true, true), again);
    assertNotEquals(addresses.get(0), addresses.get(2), "the old ports may not be free yet");
    assertEquals(
        "fake worker: kill\nfake worker: exit:0\n",
        Files.readString(folder.resolve("logs/1.log")),
        "the log of the lost worker is kept");
  }

  @Test
  void theNumberOfRestartsIsBounded() {
    assertEquals(138, run(1, SHORT, LONG, "exit:138", "exit:138"));
    assertEquals(
        List.of(
            "worker 0 ended with exit code 138 (another worker was lost): all start again from the"
                + " last checkpoint (restart 1 of 1)",
            "worker 0 ended with exit code 138 (another worker was lost)"),
        notes);
  }

  @Test
  void aWorkerThatStaysBehindIsKilledAndTheOthersStartAgain() {
    assertEquals(0, runTwice(1, List.of("exit:138", "hang"), List.of("exit:0", "exit:0")));
    assertEquals(1, notes.size(), notes + "");
  }

  @Test
  void theLeaderMayTakeLongerThanTheOthersAfterTheLastStep() {
    assertEquals(0, run(0, Duration.ZERO, LONG, "late:0", "exit:0"));
    assertEquals(List.of(), notes);
  }

  @Test
  void aLeaderThatNeverEndsIsKilled() {
    assertEquals(137, run(0, SHORT, SHORT, "hang", "exit:0"));
    assertEquals(List.of("worker 0 did not end with the others and was killed"), notes);
  }

  @Test
  void aStopIsHandedOnOnceAndNothingStartsAgain() {
    BooleanSupplier stop = () -> IntStream.of(0, 1).allMatch(rank -> Files.exists(pid(rank)));
    assertEquals(130, workers(2, SHORT, LONG, List.of("wait", "wait")).run(stop));
    assertEquals(List.of(), notes);
    assertEquals(List.of(false, false), again);
  }

  @Test
  void aWorkerThatAPersonInterruptsStopsTheOthers() {
    assertEquals(130, run(2, SHORT, LONG, "wait", "exit:130"));
    assertEquals(List.of(), notes);
  }

  @Test
  void aWorkerThatIgnoresAStopIsKilledWithoutARestart() {
    BooleanSupplier stop = () -> Files.exists(pid(1));
    assertEquals(137, workers(2, SHORT, SHORT, List.of("wait", "hang")).run(stop));
    assertEquals(1, notes.size(), notes + "");
  }

  @Test
  void aProgramThatCannotStartLeavesNoOtherWorker() {
    WorkerProgram program =
        (rank, where, resumed) ->
            rank == 0 ? FakeWorker.command("wait", pid(0)) : List.of("/nowhere/java");
    LocalWorkers workers =
        new LocalWorkers(
            program, new LaunchRules(2, 0, CODES, SHORT, LONG), folder.resolve("logs"), notes::add);
    TrainingException e = assertThrows(TrainingException.class, () -> workers.run(() -> false));
    assertTrue(e.getMessage().startsWith("cannot start worker 1: "), e.getMessage());
  }

  /** The launcher is a process here, so that it can be killed. */
  @Test
  void theWorkersOfALauncherThatIsKilledEnd() throws Exception {
    Process launcher =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FakeLauncher.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    while (!Files.exists(pid(0)) || !Files.exists(pid(1))) {
      assertTrue(launcher.isAlive());
      Thread.sleep(10);
    }
    List<ProcessHandle> workers =
        IntStream.of(0, 1)
            .mapToObj(rank -> ProcessHandle.of(Long.parseLong(read(pid(rank)))).orElseThrow())
            .toList();
    launcher.destroyForcibly().waitFor();
    for (ProcessHandle worker : workers) {
      worker.onExit().get();
    }
  }

  private int run(int restarts, Duration grace, Duration patience, String... actions) {
    return workers(restarts, grace, patience, List.of(actions)).run(() -> false);
  }

  private int runTwice(int restarts, List<String> first, List<String> second) {
    WorkerProgram program =
        (rank, where, resumed) -> {
          noted(where, resumed);
          return FakeWorker.command((resumed ? second : first).get(rank), pid(rank));
        };
    LaunchRules rules = new LaunchRules(first.size(), restarts, CODES, SHORT, LONG);
    return new LocalWorkers(program, rules, folder.resolve("logs"), notes::add).run(() -> false);
  }

  private LocalWorkers workers(
      int restarts, Duration grace, Duration patience, List<String> actions) {
    WorkerProgram program =
        (rank, where, resumed) -> {
          noted(where, resumed);
          return FakeWorker.command(actions.get(rank), pid(rank));
        };
    LaunchRules rules = new LaunchRules(actions.size(), restarts, CODES, grace, patience);
    return new LocalWorkers(program, rules, folder.resolve("logs"), notes::add);
  }

  private void noted(List<String> where, boolean resumed) {
    addresses.add(where);
    again.add(resumed);
  }

  private Path pid(int rank) {
    return folder.resolve(rank + ".pid");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
