package org.sparring.benchmarks.sheets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuredTest {

  @Test
  void quantilesLieBetweenSamples() {
    Measured measured = measured(4, 1, 3, 2);
    assertEquals(2.5, measured.median());
    assertEquals(1.75, measured.quantile(0.25));
    assertEquals(4, measured.quantile(1));
    assertEquals(7, measured(7).quantile(0.9));
  }

  @Test
  void fewSamplesAreKeptAsTheyAre() {
    assertEquals(List.of(1., 2., 2., 5.), thinned(1, 1, 2, 2, 5, 1));
  }

  /** 0 to 999, each once: the ranks 0, 9.99, 19.98, … rounded. */
  @Test
  void ofManyTheOrderStatisticsInEqualDistancesAreKept() {
    double[] pairs = new double[2000];
    for (int i = 0; i < 1000; i++) {
      pairs[2 * i] = i;
      pairs[2 * i + 1] = 1;
    }
    List<Double> kept = thinned(pairs);
    assertEquals(Measured.MOST, kept.size());
    assertEquals(List.of(0., 10., 20., 30.), kept.subList(0, 4));
    assertEquals(500, kept.get(50), 1);
    assertEquals(999, kept.get(100));
  }

  /** 150 times 1 and 50 times 2: three quarters of what is kept are 1. */
  @Test
  void aValueIsKeptAsOftenAsItCame() {
    List<Double> kept = thinned(1, 150, 2, 50);
    assertEquals(76, (double) kept.stream().filter(v -> v == 1).count(), 1);
  }

  @Test
  void withoutASampleThereIsNothingToTell() {
    assertThrows(IllegalArgumentException.class, () -> measured());
  }

  @Test
  void aFigureIsReadFromTheLineThatItWasPrintedOn() {
    Figure figure = new Figure("a/b p50", "ratio", List.of(0.5, 1.25));
    assertEquals(Optional.of(figure), Figure.in(figure.line()));
    assertEquals(Optional.empty(), Figure.in("figures of eight"));
    assertEquals(Optional.empty(), Figure.in("figure of eight"));
    assertTrue(figure.summary().startsWith("a/b p50: 0.875"), figure.summary());
  }

  private static List<Double> thinned(double... pairs) {
    List<Map.Entry<Double, Long>> counted = new ArrayList<>();
    long size = 0;
    for (int i = 0; i < pairs.length; i += 2) {
      counted.add(Map.entry(pairs[i], (long) pairs[i + 1]));
      size += (long) pairs[i + 1];
    }
    Iterator<Map.Entry<Double, Long>> all = counted.iterator();
    return Measured.thinned(all, size);
  }

  private static Measured measured(double... samples) {
    List<Double> all = new ArrayList<>();
    for (double sample : samples) {
      all.add(sample);
    }
    return new Measured("B.m", Measured.TIME, Map.of(), "ms/op", samples.length, all, null);
  }
}
