package org.sparring.benchmarks.sheets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MedianIntervalTest {

  /**
   * By Pascal's triangle, 2·P(Bin(n, ½) ≤ k) in multiples of 2⁻ⁿ. n = 6: 2·1/64 = .031, too much
   * for k = 0. n = 7: 2/128 = .0156 fits k = 0, with 2·(1 + 7)/128 = .125 not k = 1. n = 9: 2/512 =
   * .004; 2·10/512 = .039. n = 10: 2·(1 + 10)/1024 = .021 fits k = 1. n = 20: 2·(1 + 20 + 190 +
   * 1140)/2²⁰ = .0026, and with 4845 more .0118 fits k = 4, with 15504 more .041 not k = 5.
   */
  @Test
  void soManySamplesLieBeyondTheIntervalOnEachSide() {
    assertEquals(-1, MedianInterval.beyond(6));
    assertEquals(0, MedianInterval.beyond(7));
    assertEquals(0, MedianInterval.beyond(9));
    assertEquals(1, MedianInterval.beyond(10));
    assertEquals(4, MedianInterval.beyond(20));
  }

  @Test
  void theIntervalIsMadeOfSamples() {
    // ten samples: the second smallest and the second largest
    var samples = List.of(9., 1., 8., 2., 7., 3., 6., 4., 5., 10.);
    assertEquals(new MedianInterval(2, 5.5, 9), MedianInterval.of(samples));
    assertEquals(new MedianInterval(4, 4, 4), MedianInterval.of(List.of(4.)));
    assertEquals(new MedianInterval(1, 1.5, 2), MedianInterval.of(List.of(2., 1.)));
  }

  @Test
  void aRatioLiesBetweenTheRatiosOfOppositeEnds() {
    var b = new MedianInterval(18, 20, 22);
    var a = new MedianInterval(9, 10, 12);
    // 18/12, 20/10, 22/9
    assertEquals(new MedianInterval(1.5, 2, 22.0 / 9), b.over(a));
  }

  /**
   * Exponential samples, far from symmetric: the median is ln 2. It is missed in at most 2.5 % of
   * the cases; of 2000, 50 and three deviations of √(2000·.025·.975) = 7.
   */
  @Test
  void theTrueMedianIsSeldomMissed() {
    Random random = new Random(5);
    int missed = 0;
    for (int trial = 0; trial < 2000; trial++) {
      List<Double> samples =
          IntStream.range(0, 15).mapToObj(i -> -Math.log(random.nextDouble())).toList();
      MedianInterval found = MedianInterval.of(samples);
      missed += found.low() > Math.log(2) || found.high() < Math.log(2) ? 1 : 0;
    }
    assertTrue(missed <= 71, missed + " of 2000 missed");
  }

  @Test
  void manySamplesNarrowIt() {
    List<Double> many = DoubleStream.iterate(0, i -> i + 1).limit(10_001).boxed().toList();
    MedianInterval found = MedianInterval.of(many);
    // the normal approximation: ½n ± 2.24·½√n
    assertEquals(5000 - 112, found.low(), 2);
    assertEquals(5000 + 112, found.high(), 2);
  }
}
