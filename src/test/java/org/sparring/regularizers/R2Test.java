package org.sparring.regularizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.sparring.errors.RegularizerException;

class R2Test extends PenaltyContract {
  @Override
  Penalty penalty() {
    return new R2(0.2f);
  }

  @Override
  double atSlope(double slope) {
    return 0.1 * slope * slope;
  }

  @Test
  void theSlopeIsThatAtGeneratedSamples() {
    // ∇D(x) = x: ½·.2·mean(3² + 4², 1² + 0²) = .1·13
    float[] fakes = {3, 4, 1, 0};
    assertEquals(1.3, value(halfSquare(), new float[] {9, 9, 9, 9}, fakes), 1e-6);
  }

  @Test
  void aGammaThatIsNoNumberIsRefused() {
    var e = assertThrows(RegularizerException.class, () -> new R2(Float.NaN));
    assertEquals("gamma of R2 must be a finite number of at least 0, found NaN", e.getMessage());
  }
}
