package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two workers on this machine. */
@DisabledOnOs(OS.WINDOWS)
class WorkersTest {
  @TempDir private Path folder;

  @Test
  void aTrainingThatLosesAWorkerStartsAgainAndHasTheBitsOfAnother() throws Exception {
    String whole = whole();
    Path run = folder.resolve("run");
    WorkersProcess killed = WorkersProcess.start(folder, run, "--restarts", "1");
    killed.until(() -> killed.newest() >= 10);
    killed.signal(1, "KILL");
    assertEquals(0, killed.exitCode(), killed.err());
    assertTrue(killed.err().contains("lost worker 1 ("), killed.err());
    assertTrue(killed.err().contains("restart 1 of 1"), killed.err());
    assertEquals(whole, killed.weights());
    assertTrue(Files.exists(run.resolve("saved_model/saved_model.pb")));
    assertTrue(Files.readString(run.resolve("workers/1.log")).contains("worker 1 of 2"));
  }

  @Tag("long")
  @Test
  void aSignalToAnyWorkerStopsAllAtTheSameStepWithOneCheckpoint() throws Exception {
    String whole = whole();
    Path run = folder.resolve("run");
    long reached = 0;
    for (int worker = 1; worker >= 0; worker--) {
      long before = reached;
      WorkersProcess stopped = WorkersProcess.start(folder, run, "--resume");
      stopped.until(() -> stopped.newest() > before + 8);
      stopped.signal(worker, "TERM");
      assertEquals(130, stopped.exitCode(), stopped.err());
      reached = stopped.newest();
      assertTrue(reached > before && reached < WorkersProcess.STEPS, "step " + reached);
      assertEquals(1, stopped.checkpointsAfter(reached - 1), "checkpoints of the last step");
    }
    WorkersProcess resumed = WorkersProcess.start(folder, run, "--resume");
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertEquals(whole, resumed.weights());
  }

  @Tag("long")
  @Test
  void aRunIsResumedWithAnotherNumberOfWorkers() throws Exception {
    Path run = folder.resolve("run");
    WorkersProcess stopped = WorkersProcess.start(folder, run);
    stopped.until(() -> stopped.newest() >= 10);
    stopped.signal("TERM");
    assertEquals(130, stopped.exitCode(), stopped.err());
    WorkersProcess three =
        WorkersProcess.start(folder, run, "--resume", "--workers", "4", "--set", "batch=8");
    assertEquals(0, three.exitCode(), three.err());
    assertTrue(
        three.err().contains("resuming with 4 workers what 2 began: the weights will differ"),
        three.err());
  }

  private String whole() throws Exception {
    WorkersProcess whole = WorkersProcess.start(folder, folder.resolve("whole"));
    assertEquals(0, whole.exitCode(), whole.err());
    return whole.weights();
  }
}
