package org.sparring.launching;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sparring.distributed.Cluster;
import org.sparring.errors.Advice;
import org.sparring.errors.TrainingException;

/**
 * Which of the workers of a training this process is, and who said so.
 *
 * @param cluster of the workers
 * @param source what named the addresses, as in {@code TF_CONFIG}
 * @param localRank number of this process among the workers of its machine, from 0, as far as the
 *     source says
 * @param localCount number of workers of its machine, as far as the source says, at least 1
 */
public record WorkerPlace(Cluster cluster, String source, int localRank, int localCount) {

  public WorkerPlace {
    TrainingException.require(
        localRank >= 0 && localRank < localCount,
        "localRank: expected a number from 0 to " + (localCount - 1) + ", found " + localRank);
  }

  /**
   * Returns the place that a caller names.
   *
   * @param addresses of all workers, host:port; the first one leads
   * @param task number of this process, from 0
   */
  public static WorkerPlace of(List<String> addresses, int task) {
    return new WorkerPlace(new Cluster(addresses, task), "workers", 0, 1);
  }

  /**
   * Returns the place that a job system names in the environment: {@code TF_CONFIG}, which
   * Kubeflow's TFJob sets, or the variables of a step of Slurm with several tasks. Empty if there
   * is neither, or only one worker.
   */
  public static Optional<WorkerPlace> in(Map<String, String> environment) {
    return TfConfig.in(environment)
        .or(() -> SlurmStep.in(environment))
        .filter(place -> place.cluster().workers().size() > 1);
  }

  /**
   * Throws if a worker's address is a public one. Names that cannot be resolved yet are not
   * refused: job systems start workers before their names are known everywhere.
   */
  public void requirePrivate() {
    PrivateNetwork.firstOutside(cluster.workers())
        .ifPresent(
            outside -> {
              throw new TrainingException(
                  source
                      + ": expected addresses of a private network, found "
                      + outside
                      + "\nTensorFlow's servers accept every connection, on all interfaces.",
                  Advice.to(Advice.Action.ALLOW_PUBLIC));
            });
  }

  /** Returns one line for people: which worker this is, and of how many. */
  public String words() {
    List<String> workers = cluster.workers();
    String leader = cluster.leads() ? "it leads" : "led by " + workers.get(0);
    return String.format(
        Locale.ROOT,
        "worker %d of %d (%s): %s, %s",
        cluster.task(),
        workers.size(),
        source,
        workers.get(cluster.task()),
        leader);
  }
}
