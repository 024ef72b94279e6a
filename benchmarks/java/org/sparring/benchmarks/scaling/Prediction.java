package org.sparring.benchmarks.scaling;

/**
 * The time of a step on several workers, predicted from one worker's and from the exchanges.
 *
 * <p>A step takes t(b/n) + k·(n − 1)·a + 2·(n − 1)/n·s/w + 2·(n − 1)·a: the worker's own part of
 * the minibatch, k gatherings in a ring, and one reduction of the gradients in a ring.
 *
 * @param latency a of one message, in milliseconds
 * @param bandwidth w from one worker to the next, in bytes per millisecond
 * @param gatherings k of few values in a step
 * @param bytes s of all gradients
 */
record Prediction(double latency, double bandwidth, int gatherings, double bytes) {

  /**
   * Returns the milliseconds of a step.
   *
   * @param workers n, at least 1
   * @param own milliseconds t of a step on the worker's part of the minibatch alone
   */
  double step(int workers, double own) {
    if (workers == 1) {
      return own;
    }
    double neighbours = workers - 1.0;
    return own
        + gatherings * neighbours * latency
        + 2 * neighbours / workers * bytes / bandwidth
        + 2 * neighbours * latency;
  }

  /** Returns the share of the ideal throughput, in (0, 1]: own / step. */
  double efficiency(int workers, double own) {
    return own / step(workers, own);
  }
}
