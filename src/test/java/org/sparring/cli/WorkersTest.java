package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two workers on this machine: asked to end, resumed, killed and started again. */
@DisabledOnOs(OS.WINDOWS)
class WorkersTest {
  @TempDir private Path folder;

  @Test
  void aTrainingThatIsStoppedAndThenLosesAWorkerHasTheBitsOfAnother() throws Exception {
    WorkersProcess whole = WorkersProcess.start(folder, folder.resolve("whole"));
    assertEquals(0, whole.exitCode(), whole.err());

    Path run = folder.resolve("run");
    WorkersProcess stopped = WorkersProcess.start(folder, run);
    stopped.until(() -> stopped.newest() >= 10);
    stopped.signal("TERM");
    assertEquals(130, stopped.exitCode(), stopped.err());
    long reached = stopped.newest();
    assertTrue(reached >= 10 && reached < WorkersProcess.STEPS, "step " + reached);
    assertEquals(1, stopped.checkpointsAfter(reached - 1), "one checkpoint of the last step");

    WorkersProcess killed = WorkersProcess.start(folder, run, "--resume", "--restarts", "1");
    killed.until(() -> killed.newest() > reached);
    killed.signal(1, "KILL");
    assertEquals(0, killed.exitCode(), killed.err());
    assertTrue(killed.err().contains("lost worker 1 ("), killed.err());
    assertTrue(killed.err().contains("restart 1 of 1"), killed.err());
    assertEquals(whole.weights(), killed.weights());
    assertTrue(Files.exists(run.resolve("saved_model/saved_model.pb")));
  }
}
