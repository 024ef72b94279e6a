package org.sparring.launching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.distributed.Cluster;
import org.sparring.errors.TrainingException;

class SlurmStepTest {
  @Test
  void eachTaskOfAStepIsAWorkerOfItsNode() {
    int port = 10_000 + 5000 % 312 * 64;
    List<String> addresses =
        List.of("n1:" + port, "n1:" + (port + 1), "n2:" + port, "n2:" + (port + 1), "g:" + port);
    int[][] local = {{0, 2}, {1, 2}, {0, 2}, {1, 2}, {0, 1}};
    for (int rank = 0; rank < 5; rank++) {
      WorkerPlace place = place(step(rank, local[rank][0]));
      assertEquals(new Cluster(addresses, rank), place.cluster());
      assertEquals(local[rank][0], place.localRank());
      assertEquals(local[rank][1], place.localCount());
    }
    assertEquals(
        "worker 3 of 5 (Slurm): n2:" + (port + 1) + ", led by n1:" + port,
        place(step(3, 1)).words());
  }

  @Test
  void aJobWithoutAStepOrAStepOfOneTaskIsAnOrdinaryTraining() {
    Map<String, String> batch = step(0, 0);
    batch.remove("SLURM_STEP_ID");
    assertEquals(Optional.empty(), WorkerPlace.in(batch));
    Map<String, String> one = step(0, 0);
    one.put("SLURM_STEP_NUM_TASKS", "1");
    assertEquals(Optional.empty(), WorkerPlace.in(one));
  }

  @Test
  void jobsOfNearbyNumbersHavePortsOfTheirOwn() {
    List<String> all = new ArrayList<>();
    for (int job = 1000; job < 1010; job++) {
      Map<String, String> step = step(0, 0);
      step.put("SLURM_JOB_ID", job + "");
      all.addAll(place(step).cluster().workers());
    }
    assertEquals(50, all.stream().distinct().count());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SLURM_PROCID | | SLURM_PROCID: expected a value in a step of several tasks | none",
        "SLURM_PROCID | x | SLURM_PROCID: expected a whole number | x",
        "SLURM_LOCALID | 1 | SLURM_LOCALID: expected 0 for task 0 where each node's tasks are in a"
            + " block | 1",
        "SLURM_STEP_NODELIST | n[1-2 | SLURM_STEP_NODELIST: expected names such as node[01-03] |"
            + " n[1-2",
        "SLURM_STEP_TASKS_PER_NODE | 2(x2) | SLURM_STEP_TASKS_PER_NODE: expected counts of 3 nodes |"
            + " 2(x2)",
        "SLURM_STEP_TASKS_PER_NODE | 2(x3) | SLURM_STEP_TASKS_PER_NODE: expected 5 tasks in all |"
            + " 2(x3)",
        "SLURM_STEP_NUM_TASKS | many | SLURM_STEP_NUM_TASKS: expected a whole number | many"
      })
  void aWrongVariableIsRefusedInThreeLines(
      String name, String value, String expected, String found) {
    Map<String, String> step = step(0, 0);
    step.put(name, value == null ? "" : value);
    TrainingException e = assertThrows(TrainingException.class, () -> WorkerPlace.in(step));
    assertEquals(
        expected
            + "\nfound "
            + found
            + "\nStart the workers with srun, with the tasks of each node in a block.",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node[01-03,07],gpu1 | node01 node02 node03 node07 gpu1",
        "a | a",
        "r[1-2]n[08-09]-ib | r1n08-ib r1n09-ib r2n08-ib r2n09-ib",
        "n[9-11] | n9 n10 n11",
        "n[098-101] | n098 n099 n100 n101",
        "n[1- | ''",
        "n[1-2-3] | ''",
        "n[a] | ''",
        "n[1-999999] | ''",
        "a,,b | ''"
      })
  void listsOfNodesAreExpanded(String list, String names) {
    assertEquals(words(names), SlurmLists.hosts(list));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2(x3),1 | 2 2 2 1",
        "4 | 4",
        "1,2,1 | 1 2 1",
        "2(x | ''",
        "x | ''",
        "1(x999999) | ''"
      })
  void countsAreExpanded(String list, String counts) {
    assertEquals(words(counts), SlurmLists.counts(list).stream().map(count -> count + "").toList());
  }

  /** A cluster's list of thousands of nodes does not exhaust the stack. */
  @Test
  void aLongListIsRead() {
    String list =
        String.join(",", IntStream.range(0, 5000).mapToObj(i -> "n" + i + "[1-2]").toList());
    assertEquals(10_000, SlurmLists.hosts(list).size());
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  private static WorkerPlace place(Map<String, String> environment) {
    return WorkerPlace.in(environment).orElseThrow();
  }

  /** Five tasks on three nodes, as {@code srun --ntasks=5} sets them. */
  private static Map<String, String> step(int rank, int localRank) {
    return new HashMap<>(
        Map.of(
            "SLURM_JOB_ID", "5000",
            "SLURM_STEP_ID", "0",
            "SLURM_STEP_NUM_TASKS", "5",
            "SLURM_STEP_NODELIST", "n[1-2],g",
            "SLURM_STEP_TASKS_PER_NODE", "2(x2),1",
            "SLURM_PROCID", rank + "",
            "SLURM_LOCALID", localRank + ""));
  }
}
