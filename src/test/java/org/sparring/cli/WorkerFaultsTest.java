package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.launching.LoopbackPorts;

/**
 * Random faults of two workers. None hangs beyond the bound, the others name the lost worker, and
 * the run that is resumed has the weights of an uninterrupted one.
 */
@Tag("long")
@DisabledOnOs(OS.WINDOWS)
class WorkerFaultsTest {
  private static final int FAULTS = 30;
  private static final int FIRST = Integer.getInteger("sparring.fault", 0);
  private static final int LOST = 138;
  private static final int DISK = 5;

  /** Seconds: of a step, and of the process to end after it. */
  private static final int TIMEOUT = 15;

  private static final int END = 15;
  private static final String[] PATIENCE = {"--timeout", "" + TIMEOUT, "--wait", "" + TIMEOUT};

  @TempDir private Path folder;
  private final long seed = Long.getLong("sparring.faults", System.nanoTime());
  private final Random random = new Random(seed);
  private Path run;

  private enum Fault {
    KILL_LEADER,
    KILL_WORKER,
    STOP_LEADER,
    STOP_WORKER,
    LEADER_ABSENT,
    WORKER_ABSENT,
    CUT,
    DISK_FULL
  }

  @Test
  void everyFaultEndsTheOthersAndTheRunIsResumedBitForBit() throws Exception {
    System.out.println("faults drawn from seed " + seed);
    WorkersProcess whole = WorkersProcess.start(folder, folder.resolve("whole"));
    assertEquals(0, whole.exitCode(), whole.err());
    String weights = whole.weights();
    for (int i = 0; i < FAULTS; i++) {
      // every kind in turn, each at a random step
      Fault fault = Fault.values()[(i + FIRST) % Fault.values().length];
      run = folder.resolve("run" + i);
      long begin = System.nanoTime();
      make(fault);
      System.out.printf("%d %s %.1f s%n", i, fault, (System.nanoTime() - begin) / 1e9);
      WorkersProcess resumed = WorkersProcess.start(folder, run, "--resume");
      assertEquals(0, resumed.exitCode(), fault + ": " + resumed.err());
      assertEquals(weights, resumed.weights(), fault.toString());
    }
  }

  private void make(Fault fault) throws Exception {
    switch (fault) {
      case KILL_LEADER -> signal(0, "KILL");
      case KILL_WORKER -> signal(1, "KILL");
      case STOP_LEADER -> signal(0, "STOP");
      case STOP_WORKER -> signal(1, "STOP");
      case LEADER_ABSENT -> absent(1);
      case WORKER_ABSENT -> absent(0);
      case CUT -> cut();
      case DISK_FULL -> diskFull();
    }
  }

  /** A signal to one worker of two in the same launcher. */
  private void signal(int rank, String name) throws Exception {
    List<String> ports = LoopbackPorts.free(2);
    WorkersProcess[] workers = {
      WorkersProcess.one(folder, run, 0, ports, PATIENCE),
      WorkersProcess.one(folder, run, 1, ports, PATIENCE)
    };
    int target = 5 + random.nextInt(40);
    workers[0].until(() -> workers[0].newest() >= target);
    Thread.sleep(random.nextInt(50));
    workers[rank].signal(name);
    long begin = System.nanoTime();
    WorkersProcess other = workers[1 - rank];
    int code = other.exitCode();
    requireWithin(TIMEOUT + END, begin);
    workers[rank].signal("KILL");
    assertEquals(137, workers[rank].exitCode());
    // it may have completed all steps before
    assertTrue(code == LOST || code == 0, code + " " + other.err());
    assertTrue(
        code == 0 || other.err().contains("lost worker " + rank + " (" + ports.get(rank)),
        other.err());
  }

  private void absent(int present) throws Exception {
    List<String> ports = LoopbackPorts.free(2);
    long begin = System.nanoTime();
    WorkersProcess only = WorkersProcess.one(folder, run, present, ports, PATIENCE);
    assertEquals(LOST, only.exitCode(), only.err());
    requireWithin(2 * TIMEOUT + END, begin);
    int absent = 1 - present;
    assertTrue(
        only.err().contains("worker " + absent + " (" + ports.get(absent) + ") did not start"),
        only.err());
  }

  /** Each worker reaches the other through a proxy; its own port is the real one. */
  private void cut() throws Exception {
    List<String> ports = LoopbackPorts.free(2);
    CutProxy toLeader = new CutProxy(port(ports.get(0)));
    CutProxy toWorker = new CutProxy(port(ports.get(1)));
    WorkersProcess leader =
        WorkersProcess.one(folder, run, 0, List.of(ports.get(0), toWorker.address()), PATIENCE);
    WorkersProcess worker =
        WorkersProcess.one(folder, run, 1, List.of(toLeader.address(), ports.get(1)), PATIENCE);
    int target = 5 + random.nextInt(40);
    leader.until(() -> leader.newest() >= target);
    toLeader.cut();
    toWorker.cut();
    long begin = System.nanoTime();
    assertEquals(LOST, leader.exitCode(), leader.err());
    assertEquals(LOST, worker.exitCode(), worker.err());
    requireWithin(TIMEOUT + END, begin);
    assertTrue(leader.err().contains("lost worker 1 ("), leader.err());
    assertTrue(worker.err().contains("lost worker 0 ("), worker.err());
  }

  /** From some step on, no file of the leading worker may be as large as a checkpoint. */
  private void diskFull() throws Exception {
    List<String> ports = LoopbackPorts.free(2);
    WorkersProcess leader = WorkersProcess.one(folder, run, 0, ports, PATIENCE);
    WorkersProcess worker = WorkersProcess.one(folder, run, 1, ports, PATIENCE);
    int target = 5 + random.nextInt(40);
    leader.until(() -> leader.newest() >= target);
    leader.limitFiles(20_000);
    assertEquals(DISK, leader.exitCode(), leader.err());
    long begin = System.nanoTime();
    assertEquals(LOST, worker.exitCode(), worker.err());
    requireWithin(TIMEOUT + END, begin);
    assertTrue(worker.err().contains("lost worker 0 ("), worker.err());
  }

  private static void requireWithin(int seconds, long begin) {
    double took = (System.nanoTime() - begin) / 1e9;
    assertTrue(took < seconds, took + " s");
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1));
  }
}
