package org.sparring.benchmarks.timing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ForeignLoadTest {
  @Test
  void waitingIsNotWork() {
    // user 10, nice 20, system 30, idle 1000, iowait 500, irq 1, softirq 2, steal 3, guest 9
    String stat = "cpu  10 20 30 1000 500 1 2 3 9 0\ncpu0 1 2 3 4 5 6 7 8 0 0\n";
    assertEquals(66, ForeignLoad.busy(stat));
  }

  @Test
  void aProcessMayHaveAnyName() {
    String stat = "42 (a b) c) S 1 1 1 0 -1 4194304 9 9 9 9 100 20 3 4 20 0 30 0 1 2 3";
    assertEquals(127, ForeignLoad.own(stat));
  }

  @Test
  void processorsAreCountedOneByOne() {
    assertEquals(2, ForeignLoad.processorsOf("cpu  9 9\ncpu0 1 2\ncpu1 3 4\nintr 5\ncpufreq 1\n"));
    double share = new ForeignLoad().share().orElse(0);
    assertTrue(share >= 0 && share <= 1, "share " + share);
  }
}
