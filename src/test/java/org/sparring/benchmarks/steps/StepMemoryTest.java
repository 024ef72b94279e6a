package org.sparring.benchmarks.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class StepMemoryTest {
  /** A process that has computed before has free memory, so the peak may be far below. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aLargeStepNeedsAboutItsEstimate() throws IOException {
    String line = StepMemory.compared(List.of("batch=256", "net.width=64"));
    Matcher found =
        Pattern.compile("batch=256 net.width=64: estimated ([0-9.]+) MB, peak ([0-9.]+) MB, .*")
            .matcher(line);
    assertTrue(found.matches(), line);
    assertTrue(Double.parseDouble(found.group(1)) > 100, line);
    double ratio = Double.parseDouble(found.group(2)) / Double.parseDouble(found.group(1));
    assertTrue(ratio > 0.2 && ratio < 2, line);
  }

  @Test
  void whatIsNoSettingIsRefused() {
    var e =
        assertThrows(IllegalArgumentException.class, () -> StepMemory.compared(List.of("batch")));
    assertEquals("expected KEY=VALUE, found batch", e.getMessage());
  }
}
