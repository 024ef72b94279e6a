package org.sparring.metrics;

import org.sparring.errors.MetricsException;

/**
 * How confident a classifier is about samples, and how evenly its predictions are distributed over
 * the classes. High confidence does not mean realistic samples: a classifier can be confident about
 * noise.
 *
 * @param share of samples whose likeliest class has a probability above {@link #THRESHOLD}
 * @param entropy of the distribution q of the predicted (likeliest) classes, −Σ q log q in nats;
 *     log K if all K are predicted equally often
 * @param entropyError standard error of {@code entropy}, to first order √((Σ q log² q −
 *     entropy²)/n)
 * @param classes K, the number of classes
 * @param samples n, the number of samples
 */
public record Confidence(
    double share, double entropy, double entropyError, int classes, int samples) {
  public static final double THRESHOLD = 0.9;

  /**
   * Summarises a classifier's predictions.
   *
   * @param probabilities class probabilities, (n, K), each row with sum 1
   */
  public static Confidence of(Features probabilities) {
    int classes = probabilities.dimensions();
    Probabilities.require(probabilities, classes);
    int samples = probabilities.count();
    long[] counts = new long[classes];
    int sure = 0;
    for (int i = 0; i < samples; i++) {
      int best = likeliest(probabilities, i);
      counts[best]++;
      sure += probabilities.values()[i * classes + best] > THRESHOLD ? 1 : 0;
    }
    double entropy = 0;
    double squares = 0;
    for (long count : counts) {
      double q = count / (double) samples;
      double log = count == 0 ? 0 : Math.log(q);
      entropy -= q * log;
      squares += q * log * log;
    }
    double error = Math.sqrt(Math.max(0, squares - entropy * entropy) / samples);
    return new Confidence(sure / (double) samples, entropy, error, classes, samples);
  }

  /** Returns the standard error of the share p, √(p(1 − p)/n). */
  public double shareError() {
    return Math.sqrt(share * (1 - share) / samples);
  }

  /**
   * Returns the share of samples whose likeliest class is the class they were conditioned on, in
   * [0, 1].
   *
   * @param probabilities class probabilities, (n, K)
   * @param asked class labels that the samples were conditioned on, (n), from 0
   */
  public static double agreement(Features probabilities, int[] asked) {
    MetricsException.require(
        asked.length == probabilities.count(),
        "expected the class of each of "
            + probabilities.count()
            + " samples, found "
            + asked.length);
    int agreed = 0;
    for (int i = 0; i < asked.length; i++) {
      agreed += likeliest(probabilities, i) == asked[i] ? 1 : 0;
    }
    return agreed / (double) asked.length;
  }

  private static int likeliest(Features probabilities, int sample) {
    int from = sample * probabilities.dimensions();
    int best = 0;
    for (int c = 1; c < probabilities.dimensions(); c++) {
      float p = probabilities.values()[from + c];
      best = p > probabilities.values()[from + best] ? c : best;
    }
    return best;
  }
}
