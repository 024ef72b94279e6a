package org.sparring.launching;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.distributed.Cluster;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.TrainingException;

/**
 * Reads the variables that Slurm sets for each task of a step ({@code srun}). Each task is a
 * worker. Outside a step, or in a step of one task, there is nothing to read: the variables of a
 * job alone say what was reserved, not what runs.
 *
 * <p>The port of a worker follows from the numbers of the job and of the task on its node, so that
 * all workers know all addresses without asking.
 */
final class SlurmStep {
  private static final int FIRST_PORT = 10_000;
  private static final int PORTS = 20_000; // below those that Linux gives to outgoing connections
  private static final int PORTS_OF_A_JOB = 64;
  private static final String ADVICE =
      "Start the workers with srun, with the tasks of each node in a block.";

  private final Map<String, String> environment;

  private SlurmStep(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Returns the place that Slurm names; empty outside a step of several tasks. */
  static Optional<WorkerPlace> in(Map<String, String> environment) {
    boolean step = environment.containsKey("SLURM_STEP_ID");
    String tasks = environment.getOrDefault("SLURM_STEP_NUM_TASKS", "1");
    return step && !tasks.equals("1")
        ? Optional.of(new SlurmStep(environment).place())
        : Optional.empty();
  }

  private WorkerPlace place() {
    List<String> hosts = hosts();
    List<Integer> counts = counts(hosts.size());
    int rank = number("SLURM_PROCID");
    int localRank = number("SLURM_LOCALID");
    List<String> addresses = new ArrayList<>();
    int node = 0; // of this task
    int first = 0; // number of the first task of this node
    for (int i = 0; i < hosts.size(); i++) {
      if (addresses.size() <= rank) {
        node = i;
        first = addresses.size();
      }
      for (int task = 0; task < counts.get(i); task++) {
        addresses.add(hosts.get(i) + ":" + (port() + task));
      }
    }
    require(
        rank < addresses.size() && rank - first == localRank,
        "SLURM_LOCALID",
        "" + (rank - first) + " for task " + rank + " where each node's tasks are in a block",
        localRank + "");
    return place(addresses, rank, counts.get(node));
  }

  private WorkerPlace place(List<String> addresses, int rank, int localCount) {
    try {
      Cluster cluster = new Cluster(addresses, rank);
      return new WorkerPlace(cluster, "Slurm", number("SLURM_LOCALID"), localCount);
    } catch (ArgumentException e) {
      throw new TrainingException("Slurm: " + e.getMessage() + "\n" + ADVICE);
    }
  }

  private List<String> hosts() {
    String list = text("SLURM_STEP_NODELIST");
    List<String> hosts = SlurmLists.hosts(list);
    require(!hosts.isEmpty(), "SLURM_STEP_NODELIST", "names such as node[01-03]", list);
    return hosts;
  }

  /** Returns the number of tasks of each node. */
  private List<Integer> counts(int nodes) {
    String list = text("SLURM_STEP_TASKS_PER_NODE");
    List<Integer> counts = SlurmLists.counts(list);
    String name = "SLURM_STEP_TASKS_PER_NODE";
    require(counts.size() == nodes, name, "counts of " + nodes + " nodes", list);
    int tasks = number("SLURM_STEP_NUM_TASKS");
    int sum = counts.stream().mapToInt(Integer::intValue).sum();
    require(sum == tasks, name, tasks + " tasks in all", list);
    require(
        counts.stream().allMatch(count -> count <= PORTS_OF_A_JOB),
        name,
        "at most " + PORTS_OF_A_JOB + " tasks a node",
        list);
    return counts;
  }

  /**
   * First port of this job: jobs of nearby numbers, which may share a node, have different ones.
   */
  private int port() {
    int slots = PORTS / PORTS_OF_A_JOB;
    return FIRST_PORT + number("SLURM_JOB_ID") % slots * PORTS_OF_A_JOB;
  }

  private int number(String name) {
    String text = text(name);
    require(text.matches("\\d{1,9}"), name, "a whole number", text);
    return Integer.parseInt(text);
  }

  private String text(String name) {
    String text = environment.getOrDefault(name, "");
    require(!text.isBlank(), name, "a value in a step of several tasks", "none");
    return text;
  }

  private static void require(boolean holds, String name, String expected, String found) {
    TrainingException.require(
        holds, name + ": expected " + expected + "\nfound " + found + "\n" + ADVICE);
  }
}
