package org.sparring.regularizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.sparring.errors.RegularizerException;

class LazyTest extends PenaltyContract {
  @Override
  Penalty penalty() {
    return new Lazy(new R1(0.2f), 16);
  }

  @Override
  double atSlope(double slope) {
    return 16 * 0.1 * slope * slope;
  }

  @Test
  void beingDueEveryZerothStepIsRefused() {
    var e = assertThrows(RegularizerException.class, () -> new Lazy(new R1(1), 0));
    assertEquals("a lazy penalty is due every n steps with n at least 1, found 0", e.getMessage());
  }
}
