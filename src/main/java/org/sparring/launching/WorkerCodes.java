package org.sparring.launching;

import java.util.Set;

/**
 * What the exit codes of workers mean, beside 0.
 *
 * @param interrupted a person stopped the worker, and it asked the others to stop too
 * @param lost the worker could not continue without another one, which is the cause
 * @param agreed all workers end with this code at the same step, as with {@code interrupted} and 0;
 *     the leading one may need longer than the others, because it writes files
 */
public record WorkerCodes(int interrupted, int lost, Set<Integer> agreed) {
  private static final int SIGNAL = 128;

  public WorkerCodes {
    agreed = Set.copyOf(agreed);
  }

  /** Returns whether all workers end together where one ends with this code. */
  boolean isAgreed(int code) {
    return code == 0 || code == interrupted || agreed.contains(code);
  }

  /** Returns whether starting all workers again may help: a signal or the loss of another one. */
  boolean isCurable(int code) {
    return code >= SIGNAL && code != interrupted;
  }
}
