package org.sparring.modes;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.sparring.data.PointSource;
import org.sparring.metrics.ClassCoverage;
import org.sparring.metrics.ModeCoverage;

/**
 * What samples show of the modes.
 *
 * @param modes covered
 * @param modesOf there are
 * @param highQuality share of samples within 3σ of a mode, in per cent; null for digits, which have
 *     no such distance
 * @param reverseKl KL(shares of the modes ‖ uniform), nats
 * @param klFloor what a uniform source shows with as many samples
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

  /** Of points (n, 2), row-major. */
  public static ModesScore of(PointSource mixture, float[] points) {
    ModeCoverage.Score score = new ModeCoverage(mixture.modes(), mixture.sigma()).score(points);
    return new ModesScore(
        score.modes(), score.modesOf(), score.highQuality(), score.reverseKl(), score.klFloor());
  }

  /** Of the modes 0 to 999 that stacks of digits were seen as. */
  static ModesScore ofStacks(int[] modes) {
    ClassCoverage.Score score = ClassCoverage.ofStackedDigits().score(modes);
    return new ModesScore(score.modes(), score.modesOf(), null, score.kl(), score.klFloor());
  }

  /**
   * Returns whether more samples are near the modes than for real data: the generated modes are too
   * narrow.
   */
  public boolean shrunken() {
    return highQuality != null && highQuality > SHRUNKEN;
  }

  /** KL less its floor: near 0 for a uniform source. */
  public double klCorrected() {
    return reverseKl - klFloor;
  }
}
