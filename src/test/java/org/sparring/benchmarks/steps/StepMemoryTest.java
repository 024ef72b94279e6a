package org.sparring.benchmarks.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class StepMemoryTest {
  /** In a new process: one that has computed before has free memory. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aLargeStepNeedsAboutItsEstimate() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                StepMemory.class.getName(),
                "batch=256",
                "net.width=64")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), line);
    Matcher found =
        Pattern.compile("batch=256 net.width=64: estimated ([0-9.]+) MB, peak ([0-9.]+) MB, .*\\s*")
            .matcher(line);
    assertTrue(found.matches(), line);
    double estimate = Double.parseDouble(found.group(1));
    double peak = Double.parseDouble(found.group(2));
    assertTrue(estimate > 100 && peak > 0.5 * estimate && peak < 2 * estimate, line);
  }

  @Test
  void whatIsNoSettingIsRefused() {
    var e =
        assertThrows(IllegalArgumentException.class, () -> StepMemory.compared(List.of("batch")));
    assertEquals("expected KEY=VALUE, found batch", e.getMessage());
  }
}
