package org.sparring.distributed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparring.errors.TrainingException;
import org.sparring.errors.WorkerLostException;
import org.sparring.launching.LoopbackPorts;
import org.sparring.natives.SessionOptions;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;

class TeamTest {

  @Test
  void workersAtOneHostShareAMachine() {
    List<String> addresses = List.of("one:2222", "two:2222", "one:2223");
    assertEquals(2, new Cluster(addresses, 0).here());
    assertEquals(1, new Cluster(addresses, 1).here());
  }

  @Test
  void everyWorkerReceivesTheTextsOfAll() throws Exception {
    List<List<String>> found =
        LocalTeams.run(team -> team.messages(team.leads() ? "größer, und länger" : ""));
    assertEquals(List.of("größer, und länger", ""), found.get(0));
    assertEquals(found.get(0), found.get(1));
  }

  @Test
  void theLeadingWorkerDecidesHowManyStepsACallMakes() throws Exception {
    assertEquals(List.of(7, 7), LocalTeams.run(team -> team.steps(team.leads() ? 7 : 100)));
    assertEquals(List.of(3, 3), LocalTeams.run(team -> team.steps(team.leads() ? 3 : 1)));
  }

  @Test
  void aWorkerThatDoesNotStartIsNamed() {
    List<String> addresses = LoopbackPorts.free(2);
    Patience short_ = new Patience(Duration.ofMillis(300), Duration.ofSeconds(1));
    Team team = new Team(new Cluster(addresses, 1), short_);
    long begin = System.nanoTime();
    var e = assertThrows(WorkerLostException.class, () -> team.start(SessionOptions.CPU.config()));
    assertTrue(
        e.getMessage().startsWith("worker 0 (" + addresses.get(0) + ") did not start"),
        e::getMessage);
    assertTrue(System.nanoTime() - begin < 10_000_000_000L);
  }

  @Test
  void aCallThatDoesNotReturnEndsAfterItsTime() {
    List<String> addresses = LoopbackPorts.free(2);
    Patience second = new Patience(Duration.ofSeconds(1), Duration.ofMillis(200));
    Team team = new Team(new Cluster(addresses, 0), second);
    var e =
        assertThrows(
            WorkerLostException.class,
            () ->
                team.call(
                    "step 4",
                    () -> {
                      try {
                        Thread.sleep(60_000);
                      } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                      }
                      return null;
                    }));
    assertTrue(
        e.getMessage().startsWith("lost worker 1 (" + addresses.get(1) + "): step 4 took longer"),
        e::getMessage);
    assertTrue(team.hasLost());
  }

  @Test
  void aFailureOfThisWorkerIsItsOwn() {
    Team team = new Team(new Cluster(LoopbackPorts.free(2), 0), Patience.DEFAULT);
    var own = new TrainingException("own");
    assertEquals(
        own,
        assertThrows(
            TrainingException.class,
            () ->
                team.call(
                    "step",
                    () -> {
                      throw own;
                    })));
    assertFalse(team.hasLost());
  }

  @Test
  void whatTensorFlowCouldNotReachIsALostWorker() {
    Team team = new Team(new Cluster(LoopbackPorts.free(2), 0), Patience.DEFAULT);
    var broken =
        new TensorFlowException(
            "Connection reset by peer\nAdditional GRPC error information from remote target"
                + " /job:worker/replica:0/task:1 while calling /tensorflow.WorkerService/RecvBuf:");
    var e =
        assertThrows(
            WorkerLostException.class,
            () ->
                team.call(
                    "step 9",
                    () -> {
                      throw broken;
                    }));
    assertTrue(e.getMessage().startsWith("lost worker 1 ("), e::getMessage);
    assertTrue(e.getMessage().endsWith("step 9 was broken off"), e::getMessage);
  }

  @Test
  void aWorkerThatRunsOutOfMemoryHasNotLostAnother() {
    Team team = new Team(new Cluster(LoopbackPorts.free(2), 1), Patience.DEFAULT);
    var full =
        new TFResourceExhaustedException(
            "From /job:worker/replica:0/task:1:\nOOM when allocating tensor with shape[64,9] on"
                + " /job:worker/replica:0/task:1/device:GPU:0 by allocator GPU_0_bfc");
    assertEquals(
        full,
        assertThrows(
            TFResourceExhaustedException.class,
            () ->
                team.call(
                    "step 1",
                    () -> {
                      throw full;
                    })));
  }
}
