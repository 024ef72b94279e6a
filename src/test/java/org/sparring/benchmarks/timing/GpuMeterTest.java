package org.sparring.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparring.benchmarks.timing.Measurement.GpuUse;

class GpuMeterTest {
  @Test
  void busyIsTheMeanAndMemoryTheMost() {
    List<String> lines =
        List.of("NVIDIA H100, 90, 1000", "NVIDIA H100, 100, 3000", "NVIDIA H100, 98, 2000");
    assertEquals(Optional.of(new GpuUse("NVIDIA H100", 0.96, 3000)), GpuMeter.use(lines));
  }

  @Test
  void whatIsNoSampleIsPassedOver() {
    List<String> lines =
        List.of("Failed to initialize NVML", "H100, [N/A], 5", "H100, 50, 7", "H100, 9");
    assertEquals(Optional.of(new GpuUse("H100", 0.5, 7)), GpuMeter.use(lines));
  }

  @Test
  void withoutADriverThereIsNothingToTell() {
    assertEquals(Optional.empty(), GpuMeter.use(List.of("No devices were found")));
  }
}
