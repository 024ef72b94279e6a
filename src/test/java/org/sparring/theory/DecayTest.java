package org.sparring.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DecayTest {
  @Test
  void ofAGeometricSequenceIsItsRatio() {
    assertEquals(0.9, Decay.factor(new double[] {1, 0.9, 0.81, 0.729}, 0), 1e-12);
    assertEquals(1.5, Decay.factor(new double[] {2, 3}, 0), 1e-12);
  }

  @Test
  void skipsWhatComesBefore() {
    assertEquals(0.5, Decay.factor(new double[] {7, 7, 8, 4, 2}, 2), 1e-12);
  }

  @Test
  void anEllipseAveragesOut() {
    double[] around =
        IntStream.range(0, 400)
            .mapToDouble(i -> Math.pow(0.99, i) * (1 + 0.1 * Math.cos(i / 2.0)))
            .toArray();
    assertEquals(0.99, Decay.factor(around, 0), 1e-5);
  }
}
