package org.sparring.launching;

import java.util.Comparator;
import java.util.List;

/**
 * How an attempt of all workers ended.
 *
 * @param code exit code of the training
 * @param rank number of the worker with that code
 * @param isAgreed whether all workers ended in the same way, or were asked to
 * @param isCurable whether starting all of them again may help
 * @param words what happened to the worker
 */
record WorkerEnding(int code, int rank, boolean isAgreed, boolean isCurable, String words) {
  private static final int SIGNAL = 128;

  /**
   * Finds the worker that ended the training.
   *
   * @param ended all workers, in the order of their ends
   * @param stopped whether they were asked to stop
   */
  static WorkerEnding of(List<WorkerProcess> ended, WorkerCodes codes, boolean stopped) {
    WorkerProcess leader = ended.stream().filter(w -> w.rank() == 0).findFirst().orElseThrow();
    boolean together =
        ended.stream().noneMatch(WorkerProcess::wasKilled)
            && (ended.stream().allMatch(w -> codes.isAgreed(w.code()))
                || ended.stream().allMatch(w -> w.code() == leader.code()));
    WorkerProcess cause = together ? leader : cause(ended, codes);
    int code = cause.code();
    boolean agreed = together && !codes.isCurable(code);
    boolean curable = codes.isCurable(code) && !stopped && !cause.wasKilled();
    return new WorkerEnding(code, cause.rank(), agreed, curable, words(cause, codes));
  }

  /**
   * The first that failed by itself, as with a divergence that only it has seen; those that only
   * lost another one come after it.
   */
  private static WorkerProcess cause(List<WorkerProcess> ended, WorkerCodes codes) {
    return ended.stream()
        .min(Comparator.comparingInt(worker -> order(worker, codes)))
        .orElseThrow();
  }

  private static int order(WorkerProcess worker, WorkerCodes codes) {
    if (worker.wasKilled()) {
      return 2;
    }
    if (worker.code() == codes.lost()) {
      return 1;
    }
    return worker.code() == 0 || worker.code() == codes.interrupted() ? 3 : 0;
  }

  private static String words(WorkerProcess worker, WorkerCodes codes) {
    String name = "worker " + worker.rank();
    if (worker.wasKilled()) {
      return name + " did not end with the others and was killed";
    }
    int code = worker.code();
    String why =
        code == codes.lost()
            ? " (another worker was lost)"
            : codes.isCurable(code) ? " (signal " + (code - SIGNAL) + ")" : "";
    return name + " ended with exit code " + code + why;
  }
}
