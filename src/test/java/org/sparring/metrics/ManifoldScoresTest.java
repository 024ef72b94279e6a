package org.sparring.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.metrics.ModeCoverageTest.assertRefused;

import org.junit.jupiter.api.Test;

/** The naive reference is {@link Manifold}. */
class ManifoldScoresTest {
  /** More than a tile, and a partial one; one dimension, and several. */
  @Test
  void theyAreTheNaiveOnesOfWhateverSizes() {
    for (int[] sizes : new int[][] {{8, 6, 1}, {300, 520, 3}, {513, 257, 20}}) {
      Features real = Samples.round(sizes[0], sizes[2], 0, 1);
      Features fake = Samples.round(sizes[1], sizes[2], 0.3, 2);
      ManifoldScores fast = ManifoldScores.of(real, fake);
      double[][] r = real.points();
      double[][] f = fake.points();
      String which = sizes[0] + " real, " + sizes[1] + " fake, " + sizes[2] + " dimensions";
      assertEquals(Manifold.precision(r, f, 3), fast.precision(), 1e-12, which);
      assertEquals(Manifold.recall(r, f, 3), fast.recall(), 1e-12, which);
      assertEquals(Manifold.density(r, f, 5), fast.density(), 1e-12, which);
      assertEquals(Manifold.coverage(r, f, 5), fast.coverage(), 1e-12, which);
    }
  }

  @Test
  void disjointSetsShareNothing() {
    ManifoldScores scores =
        ManifoldScores.of(Samples.round(60, 4, 0, 1), Samples.round(50, 4, 1000, 2));
    assertEquals(0, scores.precision());
    assertEquals(0, scores.recall());
    assertEquals(0, scores.density());
    assertEquals(0, scores.coverage());
  }

  /** Distances of equal samples are exactly 0, and both ways the same: no ties are lost. */
  @Test
  void aSetIsItself() {
    Features set = Samples.round(700, 33, 5, 3);
    Features copy = new Features(set.values().clone(), 33);
    ManifoldScores scores = ManifoldScores.of(set, copy);
    assertEquals(1, scores.precision());
    assertEquals(1, scores.recall());
    assertEquals(1, scores.coverage());
    // each ball holds itself and its five nearest: six of five
    assertEquals(1.2, scores.density(), 1e-12);
  }

  /** Fakes within the real ones' middle: all are precise, and little of what is real is reached. */
  @Test
  void nestedSetsArePreciseAndDoNotRecall() {
    Features real = Samples.round(600, 2, 0, 4);
    Features inner = Samples.normal(600, 0, 5, 0.05, 0.05);
    ManifoldScores nested = ManifoldScores.of(real, inner);
    assertEquals(1, nested.precision());
    assertTrue(nested.recall() < 0.05, "recall " + nested.recall());
    ManifoldScores turned = ManifoldScores.of(inner, real);
    assertEquals(nested.precision(), turned.recall());
    assertEquals(nested.recall(), turned.precision());
  }

  /** Σ over fakes of the balls they lie in, over k: 1 of one distribution, within its error. */
  @Test
  void ofEqualDistributionsDensityIsOneWithinItsError() {
    ManifoldScores scores =
        ManifoldScores.of(Samples.round(2000, 6, 0, 6), Samples.round(2000, 6, 0, 7));
    // the real set is a draw as well: two such errors, four of them
    assertEquals(1, scores.density(), 4 * Math.sqrt(2) * scores.densityError());
    // Naeem et al.: 1 − Π (N − i)/(M + N − i), .969 for many
    double error = ManifoldScores.shareError(scores.coverage(), 2000);
    assertEquals(0.969, scores.coverage(), 5 * error);
  }

  @Test
  void tooFewAndOtherSpacesAreRefused() {
    Features few = Samples.round(5, 2, 0, 1);
    Features many = Samples.round(9, 2, 0, 1);
    assertRefused(() -> ManifoldScores.of(few, many), "at least 6 of them, found 5");
    assertRefused(() -> ManifoldScores.of(many, Samples.round(9, 3, 0, 1)), "found 2 and 3");
    assertRefused(() -> ManifoldScores.of(many, many, 0, 5), "k must be at least 1, found 0");
  }
}
