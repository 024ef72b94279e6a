package org.sparring.scores;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.sparring.metrics.Features;
import org.sparring.metrics.FrechetDistance;
import org.sparring.metrics.Moments;
import org.sparring.scores.EvaluationReport.Better;
import org.sparring.scores.EvaluationReport.Score;

/** Computes the Fréchet distance to real samples, with its error and its floor. */
final class FrechetScoring {
  /** Number of groups of generated samples for the jackknife. */
  private static final int GROUPS = 10;

  private final FrechetDistance reference;
  private final double floor;

  /** Scores against given moments of real samples; without the samples there is no floor. */
  FrechetScoring(Moments real) {
    reference = new FrechetDistance(real);
    floor = Double.NaN;
  }

  /**
   * @param real all real samples
   * @param left one half of the real samples
   * @param right the other half
   */
  FrechetScoring(Features real, Features left, Features right) {
    reference = new FrechetDistance(Moments.of(real));
    floor = FrechetDistance.between(Moments.of(left), Moments.of(right)).value();
  }

  /** Returns the score of generated samples; adds notes to {@code notes}. */
  Score of(Features fake, List<String> notes) {
    List<Moments> groups = groups(fake);
    FrechetDistance.Score score = reference.to(sum(groups, -1));
    notes.add(
        "fid is biased upwards, the more the fewer samples: compare equal n only; its floor is of"
            + " halves, which are half as many");
    if (!score.fullRank()) {
      notes.add(
          "fid: the covariances have the ranks "
              + score.referenceRank()
              + " (real) and "
              + score.rank()
              + " (fake) of "
              + score.dimensions());
    }
    return new Score(
        "fid",
        "Fréchet distance",
        score.value(),
        jackknife(groups),
        "delete-one-group jackknife over " + GROUPS + " groups of the fakes",
        floor,
        Better.LOWER);
  }

  private static List<Moments> groups(Features fake) {
    return IntStream.range(0, GROUPS)
        .mapToObj(g -> Moments.of(fake.range(from(g, fake.count()), from(g + 1, fake.count()))))
        .toList();
  }

  private static int from(int group, int count) {
    return (int) ((long) group * count / GROUPS);
  }

  /**
   * Returns √((g − 1)/g Σ (θ₍ᵢ₎ − θ̄)²), where θ₍ᵢ₎ leaves group i out (Tukey 1958; Efron 1982).
   */
  private double jackknife(List<Moments> groups) {
    double[] without =
        IntStream.range(0, groups.size())
            .parallel()
            .mapToDouble(i -> reference.value(sum(groups, i)))
            .toArray();
    double mean = Arrays.stream(without).average().orElseThrow();
    double squares = Arrays.stream(without).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares * (without.length - 1) / without.length);
  }

  /** Returns the moments of all groups but one; of all groups for −1. */
  private static Moments sum(List<Moments> groups, int but) {
    Moments sum = new Moments(groups.get(0).dimensions());
    for (int g = 0; g < groups.size(); g++) {
      if (g != but) {
        sum.add(groups.get(g));
      }
    }
    return sum;
  }
}
