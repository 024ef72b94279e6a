package org.sparring.modes;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.sparring.data.PointSource;
import org.sparring.metrics.ClassCoverage;
import org.sparring.metrics.ModeCoverage;

/**
 * The mode coverage of a set of samples.
 *
 * @param modes number of covered modes
 * @param modesOf number of all modes
 * @param highQuality share of samples within 3σ of a mode, in per cent; null for digits, for which
 *     σ is not defined
 * @param reverseKl KL(shares of the modes ‖ uniform), nats
 * @param klFloor expected KL of a uniform source with the same number of samples, nats
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModesScore(
    int modes, int modesOf, Double highQuality, double reverseKl, double klFloor) {

  /**
   * Share of high-quality samples, in percent, above which samples are closer to the modes than
   * real data.
   */
  public static final double SHRUNKEN = ModeCoverage.TRUE_HIGH_QUALITY;

  /** Returns the score of points, (n, 2), row-major. */
  public static ModesScore of(PointSource mixture, float[] points) {
    ModeCoverage.Score score = new ModeCoverage(mixture.modes(), mixture.sigma()).score(points);
    return new ModesScore(
        score.modes(), score.modesOf(), score.highQuality(), score.reverseKl(), score.klFloor());
  }

  /**
   * Returns the score of stacked digits.
   *
   * @param modes mode of each sample as classified, (n), each from 0 to 999
   */
  static ModesScore ofStacks(int[] modes) {
    ClassCoverage.Score score = ClassCoverage.ofStackedDigits().score(modes);
    return new ModesScore(score.modes(), score.modesOf(), null, score.kl(), score.klFloor());
  }

  /**
   * Returns whether significantly more samples are close to the modes than of real data: the
   * generated modes are too narrow.
   */
  public boolean shrunken() {
    return highQuality != null && highQuality > SHRUNKEN;
  }

  /** Returns the KL minus its floor, in nats: close to 0 for a uniform source. */
  public double klCorrected() {
    return reverseKl - klFloor;
  }
}
