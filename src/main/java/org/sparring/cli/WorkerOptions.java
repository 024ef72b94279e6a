package org.sparring.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparring.console.ExitCode;
import org.sparring.console.StandardOptions;
import org.sparring.distributed.Patience;
import org.sparring.launching.LaunchRules;
import org.sparring.launching.WorkerCodes;
import org.sparring.launching.WorkerPlace;
import org.sparring.runs.Interruption;
import picocli.CommandLine.Option;

/** The options of a training on several devices: where the workers are, and how long they wait. */
final class WorkerOptions {
  private static final Duration GRACE = Duration.ofSeconds(10);

  @Option(
      names = "--workers",
      paramLabel = "N_OR_ADDRESSES",
      description =
          "train with N processes on this machine, one GPU each where there are GPUs; or the"
              + " addresses HOST:PORT,… of all workers, of which this process is --task (default:"
              + " those that TF_CONFIG or a step of Slurm names, else one process)")
  private String workers;

  @Option(
      names = "--task",
      paramLabel = "K",
      description = "number of this worker among the addresses in --workers, from 0; 0 leads")
  private Integer task;

  @Option(
      names = "--restarts",
      paramLabel = "N",
      description =
          "with --workers N: start all workers again from the last checkpoint if one is lost, at"
              + " most N times (default: 0)")
  private Integer restarts;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      description = "how long to wait until all workers have started (default: 120)")
  private Long wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description =
          "how long to wait for the other workers in a step; more than the longest checkpoint or"
              + " evaluation (default: 600)")
  private Long timeout;

  @Option(
      names = "--allow-public",
      description = "accept workers with public addresses; their ports are open to everybody")
  private boolean allowPublic;

  @Option(
      names = "--launched",
      hidden = true,
      description = "standard input is the pipe of the process that started this worker")
  private boolean launched;

  /** Throws a usage error if the options contradict each other. */
  void check(StandardOptions standard) {
    boolean here = workers != null && isNumber();
    boolean there = workers != null && workers.contains(":");
    standard.require(
        workers == null || here || there,
        "--workers: expected a number or addresses HOST:PORT,…, found '" + workers + "'");
    standard.require(
        task == null || there,
        "--task: expected addresses HOST:PORT,… in --workers, found "
            + (workers == null ? "none" : "--workers " + workers));
    if (here) {
      standard.requireAtLeast("--workers", count(), 1);
    }
    standard.require(
        !there || task != null || addresses().size() == 1,
        "--task: expected the number of this worker, found none");
    standard.require(
        restarts == null || here && count() > 1,
        "--restarts: expected --workers N of at least 2, found "
            + (workers == null ? "none" : "--workers " + workers));
    standard.requireAtLeast("--restarts", restarts == null ? 0 : restarts, 0);
    standard.requireAtLeast("--wait", wait == null ? 1 : wait, 1);
    standard.requireAtLeast("--timeout", timeout == null ? 1 : timeout, 1);
  }

  private boolean isNumber() {
    return workers.matches("-?\\d{1,6}");
  }

  private int count() {
    return Integer.parseInt(workers);
  }

  private List<String> addresses() {
    return List.of(workers.split(",", -1));
  }

  /** Returns whether this process starts workers instead of being one. */
  boolean launches() {
    return workers != null && isNumber() && count() > 1;
  }

  /** Returns whether another process started this worker. */
  boolean isLaunched() {
    return launched;
  }

  /** Returns the option that starts as many workers again; empty if no process started this one. */
  String again() {
    return launched ? " --workers " + addresses().size() : "";
  }

  /**
   * Returns which worker this process is; empty if it trains alone.
   *
   * @param environment variables of this process, read where no option names the workers
   */
  Optional<WorkerPlace> place(Map<String, String> environment) {
    if (workers != null && isNumber()) {
      return Optional.empty();
    }
    Optional<WorkerPlace> place =
        workers == null
            ? WorkerPlace.in(environment)
            : Optional.of(WorkerPlace.of(addresses(), task == null ? 0 : task))
                .filter(named -> named.cluster().workers().size() > 1);
    if (!allowPublic) {
      place.ifPresent(WorkerPlace::requirePrivate);
    }
    return place;
  }

  Patience patience() {
    return new Patience(
        wait == null ? Patience.DEFAULT.start() : Duration.ofSeconds(wait),
        timeout == null ? Patience.DEFAULT.call() : Duration.ofSeconds(timeout));
  }

  /** Returns how the launching process answers the end of a worker. */
  LaunchRules rules() {
    Duration call = patience().call();
    Duration grace = call.compareTo(GRACE) < 0 ? call : GRACE;
    WorkerCodes codes =
        new WorkerCodes(
            Interruption.EXIT_CODE, ExitCode.LOST, Set.of(ExitCode.DIVERGED, ExitCode.ALARMED));
    return new LaunchRules(count(), restarts == null ? 0 : restarts, codes, grace, call);
  }

  /** Returns the options of one worker that this process starts. */
  List<String> ofWorker(int rank, List<String> addresses) {
    Patience patience = patience();
    return List.of(
        "--workers",
        String.join(",", addresses),
        "--task",
        String.valueOf(rank),
        "--wait",
        String.valueOf(patience.start().toSeconds()),
        "--timeout",
        String.valueOf(patience.call().toSeconds()),
        "--launched");
  }
}
