package org.sparring.scores;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.sparring.metrics.Confidence;
import org.sparring.metrics.Features;
import org.sparring.metrics.FrechetDistance;
import org.sparring.metrics.InceptionScore;
import org.sparring.metrics.KernelDistance;
import org.sparring.metrics.ManifoldScores;
import org.sparring.metrics.Moments;

/**
 * Compares every metric with known scores: calculated by hand, or from a closed form for the
 * distribution of the samples, within a tolerance that follows from the number of samples.
 *
 * @param seed seed of all random numbers
 */
public record KnownAnswers(long seed) {
  /** Relative tolerance for the rounding of float32 features. */
  private static final double ROUNDING = 1e-5;

  /** Tolerance for random samples, in standard errors. */
  private static final double ERRORS = 4;

  /**
   * One case.
   *
   * @param metric name of the metric, as in {@link EvaluationReport.Score#name}
   * @param statement description of the case
   * @param expected the known answer
   * @param measured value of the metric
   * @param tolerance maximum difference between expected and measured
   */
  public record Answer(
      String metric, String statement, double expected, double measured, double tolerance) {

    /** Returns whether the measured value is within the tolerance. */
    public boolean holds() {
      return Math.abs(measured - expected) <= tolerance;
    }
  }

  /** Computes all cases. */
  public List<Answer> all() {
    List<Answer> answers = new ArrayList<>();
    frechet(answers);
    kernel(answers);
    inception(answers);
    manifold(answers);
    confidence(answers);
    answers.addAll(new KnownPictureAnswers(seed).all());
    return answers;
  }

  private void frechet(List<Answer> answers) {
    exact(
        answers, "fid", "N(0, 1) and N(3, 2^2): 3^2 + (1 - 2)^2", 10, fid(line(0, 1), line(3, 2)));
    exact(
        answers,
        "fid",
        "deviations 1, 2, 3 and 2, 2, .5 on the axes: 1 + 0 + 2.5^2",
        7.25,
        fid(axes(1, 2, 3), axes(2, 2, 0.5)));
    exact(
        answers,
        "fid",
        "deviations 1, 2, 3 and three times as large: (1 - 3)^2 * 14",
        56,
        fid(axes(1, 2, 3), axes(3, 6, 9)));
    exact(
        answers,
        "fid",
        "two lines at a right angle, rank 1 of 2 each: the sum of the traces",
        2,
        fid(axes(1, 0), axes(0, 1)));
    Features cloud = normal(500, 40, 0, 1);
    exact(answers, "fid", "500 samples of 40 dimensions and themselves", 0, fid(cloud, cloud));
  }

  private void kernel(List<Answer> answers) {
    Features real = new Features(new float[] {1, 3}, 1);
    Features fake = new Features(new float[] {0, 2}, 1);
    exact(
        answers,
        "kid",
        "1, 3 and 0, 2: 4^3 + 1^3 - (1 + 27 + 1 + 343)/2",
        -121,
        KernelDistance.squared(real, fake));
    KernelDistance blocks = new KernelDistance(KernelDistance.DEFAULT_BLOCK, seed);
    var shifted = blocks.of(normal(10_000, 1, 0, 2), normal(10_000, 1, 1, 3));
    chance(answers, "kid", "N(0, 1) and N(1, 1): 4 + 32 - 2 * 7", 22, shifted);
    var equal = blocks.of(normal(10_000, 16, 0, 4), normal(10_000, 16, 0, 5));
    chance(answers, "kid", "10,000 and 10,000 of N(0, I), 16 dimensions", 0, equal);
  }

  private static void inception(List<Answer> answers) {
    exact(answers, "is", "certain answers, evenly on 10 classes", 10, score(certain(1000)));
    float[] alike = new float[1000];
    Arrays.fill(alike, 0.1f);
    exact(answers, "is", "equal answers", 1, score(new Features(alike, 10)));
  }

  private void manifold(List<Answer> answers) {
    Features cloud = normal(1000, 8, 0, 6);
    ManifoldScores apart = ManifoldScores.of(cloud, normal(1000, 8, 1000, 7));
    ManifoldScores itself = ManifoldScores.of(cloud, cloud);
    ManifoldScores within = ManifoldScores.of(grid(), middle());
    exact(answers, "precision", "disjoint sets", 0, apart.precision());
    exact(answers, "recall", "disjoint sets", 0, apart.recall());
    exact(answers, "density", "disjoint sets", 0, apart.density());
    exact(answers, "coverage", "disjoint sets", 0, apart.coverage());
    exact(answers, "precision", "a set and itself", 1, itself.precision());
    exact(answers, "recall", "a set and itself", 1, itself.recall());
    exact(answers, "density", "a set and itself: 6 balls of 5", 1.2, itself.density());
    exact(answers, "coverage", "a set and itself", 1, itself.coverage());
    exact(answers, "precision", "fakes within one mesh of a grid", 1, within.precision());
    exact(answers, "recall", "fakes within one mesh of a grid", 0, within.recall());
    ManifoldScores equal = ManifoldScores.of(normal(3000, 8, 0, 9), normal(3000, 8, 0, 10));
    double miss = 1;
    for (int i = 1; i <= ManifoldScores.DENSITY_K; i++) {
      miss *= (3000.0 - i) / (6000.0 - i);
    }
    // both sets are random
    double densityError = ERRORS * Math.sqrt(2) * equal.densityError();
    exactly(answers, "density", "3000 and 3000 of N(0, I)", 1, equal.density(), densityError);
    exactly(
        answers,
        "coverage",
        "the same: 1 - the product of (N - i)/(2N - i), i = 1 ... 5",
        1 - miss,
        equal.coverage(),
        ERRORS * ManifoldScores.shareError(1 - miss, 3000));
  }

  private static void confidence(List<Answer> answers) {
    Confidence even = Confidence.of(certain(1000));
    exact(answers, "confident", "certain answers", 1, even.share());
    exact(answers, "entropy", "evenly on 10 classes: log 10", Math.log(10), even.entropy());
  }

  private static void exact(
      List<Answer> answers, String metric, String statement, double expected, double measured) {
    exactly(
        answers, metric, statement, expected, measured, ROUNDING * Math.max(1, Math.abs(expected)));
  }

  private static void exactly(
      List<Answer> answers,
      String metric,
      String statement,
      double expected,
      double measured,
      double tolerance) {
    answers.add(new Answer(metric, statement, expected, measured, tolerance));
  }

  private static void chance(
      List<Answer> answers,
      String metric,
      String statement,
      double expected,
      KernelDistance.Score score) {
    double tolerance = ERRORS * score.standardError();
    exactly(answers, metric, statement, expected, score.value(), tolerance);
  }

  private static double fid(Features left, Features right) {
    return FrechetDistance.between(Moments.of(left), Moments.of(right)).value();
  }

  private static double score(Features answers) {
    InceptionScore score =
        new InceptionScore(answers.dimensions(), answers.count(), InceptionScore.DEFAULT_SPLITS);
    score.add(answers);
    return score.score().value();
  }

  private static Features certain(int count) {
    float[] answers = new float[count * 10];
    for (int i = 0; i < count; i++) {
      answers[i * 10 + i % 10] = 1;
    }
    return new Features(answers, 10);
  }

  /** Returns two points with a given mean and standard deviation. */
  private static Features line(double mean, double deviation) {
    double half = deviation * Math.sqrt(0.5);
    return Features.of(new double[][] {{mean - half}, {mean + half}});
  }

  /**
   * Returns two points on each axis, with mean 0 and the given standard deviations (n = 2d points,
   * divisor n − 1).
   */
  private static Features axes(double... deviations) {
    int d = deviations.length;
    double[][] points = new double[2 * d][d];
    for (int k = 0; k < d; k++) {
      points[2 * k][k] = deviations[k] * Math.sqrt((2 * d - 1) / 2.0);
      points[2 * k + 1][k] = -points[2 * k][k];
    }
    return Features.of(points);
  }

  private Features normal(int count, int dimensions, double mean, long stream) {
    Random random = new Random(seed * 1_000 + stream);
    float[] values = new float[count * dimensions];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + random.nextGaussian());
    }
    return new Features(values, dimensions);
  }

  /**
   * Returns a grid of 30×30 points at distance 1: each ball has radius 1, and the balls cover the
   * whole grid.
   */
  private static Features grid() {
    float[] values = new float[2 * 900];
    for (int i = 0; i < 900; i++) {
      values[2 * i] = i / 30;
      values[2 * i + 1] = i % 30;
    }
    return new Features(values, 2);
  }

  /** Returns points inside the central cell of the grid, away from its corners. */
  private Features middle() {
    float[] values = normal(1000, 2, 0, 11).values();
    for (int i = 0; i < values.length; i++) {
      values[i] = 14.5f + values[i] / 20;
    }
    return new Features(values, 2);
  }
}
