package org.sparring.theory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sparring.errors.TheoryException;

class GaussianTest {
  @Test
  void strataAreTheQuantilesOfTheMiddlesOfEqualSlices() {
    try (Trial trial = new Trial(1)) {
      // of the standard normal, the quantiles of 1/6, 1/2 and 5/6 are ∓.967422 and 0
      double[] three = trial.values(new Gaussian(1, 2).strata(trial.tf(), 3));
      assertArrayEquals(new double[] {1 - 1.934843, 1, 1 + 1.934843}, three, 1e-5);
    }
  }

  @Test
  void samplesHaveTheMeanAndTheDeviation() {
    try (Trial trial = new Trial(1)) {
      double[] x =
          trial.values(
              new Gaussian(-1, 3).samples(trial.tf(), 10_000, trial.seeds().once(trial.tf(), "x")));
      double mean = Gap.mean(x);
      double square = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      // four standard errors, 3/√n and 3/√2n
      assertEquals(-1, mean, 0.12);
      assertEquals(3, Math.sqrt(square), 0.085);
    }
  }

  @Test
  void sharesOverAGridAreTheDensityInProportion() {
    double[] shares = new Gaussian(0, 1).shares(Gaussian.grid(-1, 1, 3));
    assertEquals(1, Arrays.stream(shares).sum(), 1e-15);
    assertEquals(Math.exp(-0.5), shares[0] / shares[1], 1e-12);
  }

  @Test
  void refusesADeviationThatIsNone() {
    assertThrows(TheoryException.class, () -> new Gaussian(0, 0));
  }
}
