package org.sparring.benchmarks.steps;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeviceLimitsTest {
  @Test
  void eachFigureIsANumberAboveZero() {
    Map<String, Object> limits = DeviceLimits.measured(64, 1);
    for (String figure :
        List.of(
            "matrix_tflops_bfloat16",
            "matrix_tflops_tf32",
            "matrix_tflops_float32",
            "memory_gb_per_s")) {
      assertTrue((double) limits.get(figure) > 0, () -> figure + " in " + limits);
    }
  }
}
