package org.sparring.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.metrics.ModeCoverageTest.assertRefused;

import org.junit.jupiter.api.Test;

class SummaryTest {
  /** Squares 1 + 0 + 1 + 0 over 3 give s = √(2/3); over √4 the standard error. */
  @Test
  void theStandardErrorIsTheDeviationOverTheRootOfTheRuns() {
    Summary summary = Summary.of(6, 7, 8, 7);
    assertEquals(4, summary.runs());
    assertEquals(7, summary.mean(), 1e-12);
    assertEquals(Math.sqrt(2.0 / 3) / 2, summary.standardError(), 1e-12);
    assertEquals("7.0 ± 0.4", summary.text(1));
  }

  @Test
  void equalRunsHaveNoError() {
    assertEquals(0, Summary.of(8, 8, 8).standardError());
  }

  @Test
  void oneRunHasAMeanAndNoStandardError() {
    Summary summary = Summary.of(3);
    assertEquals(3, summary.mean());
    assertTrue(Double.isNaN(summary.standardError()));
    assertEquals("3.00", summary.text(2));
    assertRefused(Summary::of, "found none");
  }
}
