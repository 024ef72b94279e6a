package org.sparring.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.sparring.data.GaussianGrid;
import org.sparring.data.GaussianRing;
import org.sparring.data.PointSource;
import org.sparring.errors.MetricsException;
import org.sparring.metrics.ModeCoverage.Score;

class ModeCoverageTest {
  private static final double[][] TWO = {{0, 0}, {10, 0}};

  /** σ = 1: distances 0, 2.9 and 3.1 from the first mode, 4 from the second. */
  @Test
  void aPointIsOfHighQualityWithinThreeSigmasOfItsNearestMode() {
    double[][] points = {{0, 0}, {0, 2.9}, {3.1, 0}, {6, 0}};
    Score score = new ModeCoverage(TWO, 1).score(points);
    assertEquals(50, score.highQuality(), 1e-12);
    assertEquals(1, score.modes(), "the second mode has a point, but a far one");
    assertEquals(2, score.modesOf());
    // all four points have a share: ¾ and ¼
    double kl = 0.75 * Math.log(1.5) + 0.25 * Math.log(0.5);
    assertEquals(kl, score.reverseKl(), 1e-12);
    assertEquals(1.0 / 8, score.klFloor(), 1e-12);
  }

  @Test
  void theBoundaryItselfIsOutside() {
    Score score = new ModeCoverage(TWO, 1).score(new double[][] {{0, 3}, {10, -3}});
    assertEquals(0, score.highQuality());
    assertEquals(0, score.modes());
  }

  @Test
  void onePointIsScoredToo() {
    Score score = new ModeCoverage(TWO, 0.5).score(new double[][] {{10, 1}});
    assertEquals(1, score.modes());
    assertEquals(100, score.highQuality());
    assertEquals(Math.log(2), score.reverseKl(), 1e-12);
  }

  /** 2500 points as in the protocol: standard error .21 % of the share. */
  @Test
  void trueDataScoresWhatTheClosedFormSays() {
    assertEquals(98.889, ModeCoverage.TRUE_HIGH_QUALITY, 5e-4);
    for (PointSource source : new PointSource[] {GaussianRing.pacGan(), GaussianGrid.pacGan()}) {
      ModeCoverage coverage = new ModeCoverage(source.modes(), source.sigma());
      double kl = 0;
      for (int seed = 0; seed < 20; seed++) {
        Score score = coverage.score(source.samples(2500, seed));
        assertEquals(score.modesOf(), score.modes(), source.name());
        assertEquals(ModeCoverage.TRUE_HIGH_QUALITY, score.highQuality(), 4 * 0.21);
        kl += score.reverseKl() / 20;
      }
      double floor = coverage.score(source.samples(2500, 1)).klFloor();
      assertEquals(source.modes().length == 8 ? 0.0014 : 0.0048, floor, 5e-5);
      // χ²(K − 1)/2N has deviation √(2(K − 1))/2N
      double deviation = Math.sqrt(2.0 * (source.modes().length - 1)) / 5000;
      assertEquals(floor, kl, 4 * deviation / Math.sqrt(20), source.name());
    }
  }

  @Test
  void modesThatShrankAreFlaggedAndTrueOnesAreNot() {
    GaussianRing ring = GaussianRing.pacGan();
    ModeCoverage coverage = new ModeCoverage(ring.modes(), ring.sigma());
    assertFalse(coverage.score(ring.samples(2500, 3)).shrunken());
    // what is drawn with ¾ of σ lies within 4 of the smaller σ: 99.97 %
    GaussianRing narrow = new GaussianRing(8, 1, 0.75 * ring.sigma());
    assertTrue(coverage.score(narrow.samples(2500, 3)).shrunken());
  }

  @Test
  void aCollapsedGeneratorHasOneModeAndTheLargestDivergence() {
    Score score = new ModeCoverage(GaussianGrid.pacGan().modes(), 0.05).score(new float[200]);
    assertEquals(1, score.modes());
    assertEquals(100, score.highQuality());
    assertEquals(Math.log(25), score.reverseKl(), 1e-12);
  }

  @Test
  void whatIsNoPointOfThePlaneIsRefused() {
    ModeCoverage coverage = new ModeCoverage(TWO, 1);
    assertRefused(() -> coverage.score(new double[][] {{0, Double.NaN}}), "found NaN");
    assertRefused(() -> coverage.score(new double[][] {{0, 0, 0}}), "found 3");
    assertRefused(() -> coverage.score(new double[0][]), "found 0");
    assertRefused(() -> coverage.score(new float[3]), "found 3 numbers");
    assertRefused(() -> new ModeCoverage(TWO, 0), "sigma must be positive, found 0.0");
    assertRefused(() -> new ModeCoverage(new double[][] {{1}}, 1), "found 1 axes");
  }

  static void assertRefused(Runnable asked, String part) {
    String message = assertThrows(MetricsException.class, asked::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
