package org.sparring.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparring.metrics.ModeCoverageTest.assertRefused;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparring.metrics.ClassCoverage.Score;

class ClassCoverageTest {
  /** Two of four classes with half of the samples each: log 2. */
  @Test
  void theDivergenceOfHalfTheClassesIsTheLogarithmOfTwo() {
    Score score = new ClassCoverage(4).score(new int[] {0, 2, 2, 0, 0, 2});
    assertEquals(2, score.modes());
    assertEquals(4, score.modesOf());
    assertEquals(Math.log(2), score.kl(), 1e-12);
    assertEquals(3.0 / 12, score.klFloor(), 1e-12);
    assertEquals(Math.log(2) - 0.25, score.klCorrected(), 1e-12);
  }

  @Test
  void everyClassOnceIsNoDivergence() {
    Score score = ClassCoverage.ofStackedDigits().score(IntStream.range(0, 1000).toArray());
    assertEquals(1000, score.modes());
    assertEquals(0, score.kl(), 1e-12);
  }

  /** ANCHORS' figure: a uniform generator shows .0192 at 26,000 samples; seeds 0 to 9. */
  @Test
  void aUniformGeneratorShowsTheFloorAndNothingWhenCorrected() {
    double kl = 0;
    double corrected = 0;
    for (int seed = 0; seed < 10; seed++) {
      int[] labels = new Random(seed).ints(26_000, 0, 1000).toArray();
      Score score = ClassCoverage.ofStackedDigits().score(labels);
      assertEquals(0.0192, score.klFloor(), 5e-5);
      kl += score.kl() / 10;
      corrected += score.klCorrected() / 10;
    }
    // χ²(999)/52,000 has deviation .00086, of ten .00027; the next order adds K/12N = .0001 of it
    assertEquals(0.0192, kl, 0.0012);
    assertEquals(0, corrected, 0.0012);
  }

  @Test
  void theModeOfAStackIsTheNumberItSpells() {
    assertEquals(0, ClassCoverage.stacked(0, 0, 0));
    assertEquals(907, ClassCoverage.stacked(9, 0, 7));
    assertRefused(() -> ClassCoverage.stacked(0, 10, 0), "found 10");
  }

  @Test
  void labelsOutsideAndNoLabelsAreRefused() {
    assertRefused(() -> new ClassCoverage(3).score(new int[] {3}), "from 0 to 2, found 3");
    assertRefused(() -> new ClassCoverage(3).score(new int[] {-1}), "found -1");
    assertRefused(() -> new ClassCoverage(3).score(new int[0]), "found none");
    assertRefused(() -> new ClassCoverage(0), "found 0");
    assertRefused(() -> UniformDivergence.of(new long[] {2, -1}), "not be negative");
  }
}
