package org.sparring.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.metrics.ModeCoverageTest.assertRefused;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparring.metrics.BirthdayParadox.Batches;
import org.sparring.metrics.BirthdayParadox.Estimate;

class BirthdayParadoxTest {
  private static final BirthdayParadox EXACT = new BirthdayParadox(0);

  /** The paradox itself: of 23 people two share a birthday with probability .507. */
  @Test
  void threeHundredSixtyFiveBirthdaysRepeatAmongTwentyThreePeople() {
    Estimate estimate = EXACT.estimate(uniform(365, 0), 2001, 100);
    // the median of 2001 trials is off by about ½·√(π/2)/√2001 of its scale √365: .3 people
    assertEquals(23, estimate.batch(), 1);
    assertFalse(estimate.atLeast());
    assertEquals(365.0, new Estimate(23, false).uniformSupport(), 0.05);
    assertEquals(529, new Estimate(23, false).support());
  }

  @Test
  void theSupportOfUniformItemsIsFoundWithinAFifth() {
    for (int items : new int[] {50, 1000, 4000}) {
      Estimate estimate = EXACT.estimate(uniform(items, 9), 401, 400);
      assertEquals(1, estimate.uniformSupport() / items, 0.2, items + " items");
    }
  }

  @Test
  void aCollapsedGeneratorRepeatsItselfAtOnce() {
    Estimate estimate = EXACT.estimate((size, trial) -> new double[size][3], 5, 10);
    assertEquals(2, estimate.batch());
    assertEquals(4, estimate.support());
  }

  @Test
  void aBatchWithoutARepetitionIsALowerBound() {
    Batches counting =
        (size, trial) -> {
          double[][] batch = new double[size][1];
          for (int i = 0; i < size; i++) {
            batch[i][0] = i;
          }
          return batch;
        };
    Estimate estimate = EXACT.estimate(counting, 3, 40);
    assertTrue(estimate.atLeast());
    assertEquals(1600, estimate.support());
    assertEquals(
        2, new BirthdayParadox(1).estimate(counting, 3, 40).batch(), "within 1 of the last");
  }

  @Test
  void samplesWithinTheThresholdAreDuplicates() {
    double[][] batch = {{0, 0}, {3, 4}, {20, 0}};
    assertTrue(new BirthdayParadox(5).hasDuplicate(batch));
    assertFalse(new BirthdayParadox(4.99).hasDuplicate(batch));
    assertFalse(EXACT.hasDuplicate(new double[][] {{1}}));
  }

  @Test
  void realSamplesSetTheThresholdBelowWhichNoneOfThemIsADuplicate() {
    double[][] real = {{0, 0}, {3, 4}, {20, 0}};
    BirthdayParadox calibrated = BirthdayParadox.calibrated(real);
    assertEquals(5, calibrated.threshold(), 1e-12);
    assertFalse(calibrated.hasDuplicate(real));
    assertTrue(calibrated.hasDuplicate(new double[][] {{0, 0}, {3, 3.9}}));
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    assertRefused(() -> new BirthdayParadox(-1), "found -1.0");
    assertRefused(() -> EXACT.estimate(uniform(5, 1), 0, 9), "trials must be at least 1");
    assertRefused(() -> EXACT.estimate(uniform(5, 1), 1, 1), "found 1");
    assertRefused(() -> BirthdayParadox.calibrated(new double[1][1]), "found 1");
  }

  /** One of K items at a time, each as a separate point. */
  private static Batches uniform(int items, long seed) {
    return (size, trial) -> {
      Random random = new Random(1_000_003L * seed + trial);
      double[][] batch = new double[size][1];
      for (double[] sample : batch) {
        sample[0] = random.nextInt(items);
      }
      return batch;
    };
  }
}
