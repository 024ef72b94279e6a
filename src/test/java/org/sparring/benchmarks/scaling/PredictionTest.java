package org.sparring.benchmarks.scaling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {
  private static final Prediction LINK = new Prediction(0.01, 1e6, 10, 4e6);

  @Test
  void oneWorkerExchangesNothing() {
    assertEquals(3, LINK.step(1, 3));
    assertEquals(1, LINK.efficiency(1, 3));
  }

  /** 3 + 10·.01 + 2·½·4 + 2·.01. */
  @Test
  void twoWorkersSendTheGradientsOnce() {
    assertEquals(7.12, LINK.step(2, 3), 1e-12);
  }

  /** Bytes approach 2·s, latency grows with the ring: 3 + 10·7·.01 + 2·⅞·4 + 2·7·.01. */
  @Test
  void eightWorkersWaitSevenTimes() {
    assertEquals(10.84, LINK.step(8, 3), 1e-12);
    assertEquals(3 / 10.84, LINK.efficiency(8, 3), 1e-12);
  }

  @Test
  void theTableNamesWhatIsMissing() {
    String line =
        PredictedScaling.line(
            List.of(
                "workers=2",
                "own=3",
                "gatherings=10",
                "bytes=4e6",
                "latency=0.01",
                "bandwidth=1e6"));
    assertEquals("{\"workers\":2,\"step_ms\":7.12,\"efficiency\":0.421}", line);
    var e =
        assertThrows(IllegalArgumentException.class, () -> PredictedScaling.line(List.of("own=3")));
    assertEquals("expected a value of workers, found none", e.getMessage());
  }
}
