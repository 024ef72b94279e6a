package org.sparring.launching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.errors.ArgumentException;
import org.sparring.recipes.DeviceKeys;

class LocalShareTest {
  private static final DeviceKeys OPEN = DeviceKeys.DEFAULT;

  @ParameterizedTest
  @CsvSource({"8, 4, 2", "2, 2, 1", "2, 4, 1", "7, 2, 3"})
  void eachWorkerHasItsShareOfTheThreads(int processors, int count, int threads) {
    LocalShare share = new LocalShare(0, count);
    assertEquals(threads, share.withThreads(OPEN, processors).intraOpThreads());
    DeviceKeys fixed = OPEN.withIntraOpThreads(5);
    assertSame(fixed, share.withThreads(fixed, processors));
  }

  @Test
  void eachWorkerHasAGpuOfItsOwn() {
    assertEquals("gpu:2", new LocalShare(2, 4).withGpu(OPEN, 4).kind());
    assertEquals("gpu:2", new LocalShare(2, 4).withGpu(OPEN.withKind("gpu:0"), 8).kind());
  }

  @Test
  void withoutAGpuOrOnTheCpuNothingIsChosen() {
    assertSame(OPEN, new LocalShare(1, 4).withGpu(OPEN, 0));
    assertEquals("cpu", new LocalShare(1, 4).withGpu(OPEN.withKind("cpu"), 2).kind());
  }

  @Test
  void fewerGpusThanWorkersAreRefused() {
    ArgumentException e =
        assertThrows(ArgumentException.class, () -> new LocalShare(0, 4).withGpu(OPEN, 2));
    assertEquals(
        """
        workers: expected at most one for each GPU
        found 4 workers and 2 GPUs
        Start fewer workers, or train on the CPU with device.kind=cpu.""",
        e.getMessage());
  }
}
