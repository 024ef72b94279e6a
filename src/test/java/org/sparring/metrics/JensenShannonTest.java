package org.sparring.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.sparring.errors.MetricsException;

class JensenShannonTest {
  @Test
  void isZeroForEqualAndLogTwoForDisjointDistributions() {
    double[] p = {0.25, 0.75};
    assertEquals(0, JensenShannon.of(p, p), 1e-15);
    assertEquals(Math.log(2), JensenShannon.of(new double[] {1, 0}, new double[] {0, 1}), 1e-15);
  }

  @Test
  void isTheMeanOfTheDivergencesFromTheMiddle() {
    // m = (¾, ¼): ½·(½·log ⅔ + ½·log 2) + ½·log 4⁄3
    double expected = 0.25 * Math.log(2 / 3.0) + 0.25 * Math.log(2) + 0.5 * Math.log(4 / 3.0);
    double[] even = {0.5, 0.5};
    double[] sure = {1, 0};
    assertEquals(0.2158, expected, 5e-5);
    assertEquals(expected, JensenShannon.of(even, sure), 1e-15);
    assertEquals(expected, JensenShannon.of(sure, even), 1e-15);
  }

  @Test
  void refusesWhatIsNoDistribution() {
    double[] p = {0.5, 0.5};
    assertThrows(MetricsException.class, () -> JensenShannon.of(p, new double[] {0.5, 0.4}));
    assertThrows(MetricsException.class, () -> JensenShannon.of(p, new double[] {1.5, -0.5}));
    assertThrows(MetricsException.class, () -> JensenShannon.of(p, new double[] {1}));
  }
}
