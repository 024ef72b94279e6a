package org.sparring.regularizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparring.errors.RegularizerException;
import org.sparring.replicas.RandomRows;

class PenaltiesTest extends PenaltyContract {
  @Override
  Penalty penalty() {
    return new Penalties(List.of(new R1(0.2f), new R2(0.4f), new GradientPenalty(10)));
  }

  @Override
  double atSlope(double slope) {
    return 0.1 * slope * slope + 0.2 * slope * slope + 10 * (slope - 1) * (slope - 1);
  }

  @Test
  void zeroCenteredIsTheSumOfR1AndR2() {
    var tf = graph().tf();
    var reals = tf.constant(new float[][] {{3, 4}});
    var fakes = tf.constant(new float[][] {{1, 0}});
    // ½·.2·25 + ½·.2·1
    var sum =
        Penalties.zeroCentered(0.2f)
            .of(tf, halfSquare(), reals, fakes, RandomRows.single(tf.constant(SEED)));
    assertEquals(2.6, graph().floats(sum)[0], 1e-5);
  }

  @Test
  void eachTermDrawsForItself() {
    Penalty one = new GradientPenalty(1);
    var tf = graph().tf();
    var reals = tf.constant(new float[][] {{0, 0}});
    var fakes = tf.constant(new float[][] {{3, 4}});
    var seed = RandomRows.single(tf.constant(SEED));
    var twice = new Penalties(List.of(one, one)).of(tf, halfSquare(), reals, fakes, seed);
    var once = one.of(tf, halfSquare(), reals, fakes, seed);
    assertNotEquals(2 * graph().floats(once)[0], graph().floats(twice)[0], 1e-3);
  }

  @Test
  void noTermAtAllIsRefused() {
    var e = assertThrows(RegularizerException.class, () -> new Penalties(List.of()));
    assertEquals("a sum of penalties needs at least one, found none", e.getMessage());
  }
}
