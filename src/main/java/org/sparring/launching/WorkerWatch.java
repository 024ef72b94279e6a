package org.sparring.launching;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Waits for the end of all workers, and ends those that stay behind. */
final class WorkerWatch {
  private static final long POLL_MILLIS = 20;

  private final List<WorkerProcess> workers;
  private final LaunchRules rules;
  private final Set<WorkerProcess> ended = new LinkedHashSet<>(); // in this order
  private boolean stopped;
  private boolean decided; // by the first worker that ended
  private long deadline = Long.MAX_VALUE; // nanoseconds after begin
  private final long begin = System.nanoTime();

  WorkerWatch(List<WorkerProcess> workers, LaunchRules rules) {
    this.workers = workers;
    this.rules = rules;
  }

  WorkerEnding untilAllEnded(BooleanSupplier stop) {
    while (ended.size() < workers.size()) {
      if (!stopped && stop.getAsBoolean()) {
        stopAll();
      }
      note();
      if (System.nanoTime() - begin > deadline) {
        workers.forEach(WorkerProcess::kill);
      } else if (ended.size() < workers.size()) {
        pause();
      }
    }
    return WorkerEnding.of(List.copyOf(ended), rules.codes(), stopped);
  }

  private void stopAll() {
    stopped = true;
    workers.forEach(WorkerProcess::askToStop);
    within(rules.patience());
  }

  private void note() {
    List<WorkerProcess> now = new ArrayList<>(workers);
    now.removeIf(worker -> worker.isRunning() || !ended.add(worker));
    for (WorkerProcess worker : now) {
      int code = worker.code();
      if (code == rules.codes().interrupted()) {
        stopAll(); // it may have ended before its first step, when nobody asks the others
      } else if (!decided && !stopped) {
        within(rules.codes().isAgreed(code) ? rules.patience() : rules.grace());
      }
      decided = true;
    }
  }

  /** Sets the deadline, or brings it forward. */
  private void within(Duration more) {
    deadline = Math.min(deadline, System.nanoTime() - begin + more.toNanos());
  }

  private void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      workers.forEach(WorkerProcess::kill);
      Thread.currentThread().interrupt();
    }
  }
}
