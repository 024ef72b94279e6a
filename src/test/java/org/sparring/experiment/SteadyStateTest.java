package org.sparring.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A run that goes on for long needs no more than one that has just begun. */
@EnabledOnOs(OS.LINUX)
class SteadyStateTest {
  private static final long ALLOCATED_A_STEP = 10_000;

  @TempDir private Path folder;

  @Test
  void aStepAllocatesLittleOnTheHost() {
    Soak soak = new Soak(600);
    new Experiment(Soak.recipe(600), new RunFolder(folder.resolve("run"))).train(soak);
    System.out.println("allocated a step, median: " + soak.medianAllocated() + " bytes");
    assertTrue(soak.medianAllocated() < ALLOCATED_A_STEP, soak.medianAllocated() + " bytes");
  }

  /**
   * The bound: a step that left one tensor of its smallest result, the four meters, would leave
   * some 200 bytes with its handle; compilers and allocators still settle in so short a run, so it
   * is two pages a step here: what leaves a batch of images behind is seen.
   */
  @Test
  void memoryStaysFlatOverAThousandSteps() throws Exception {
    assertFlat(1500, 500, 8192);
  }

  /** The bound: below one leaked handle of a tensor a step, about 100 bytes. */
  @Tag("long")
  @Test
  void memoryStaysFlatOverTwentyThousandSteps() throws Exception {
    assertFlat(20_000, 5_000, 64);
  }

  private void assertFlat(int steps, int warm, double most) throws Exception {
    String[] figures = soak(steps, warm).strip().split(" ", -1);
    double slope = Double.parseDouble(figures[figures.length - 2]);
    System.out.printf(
        Locale.ROOT,
        "resident memory over the last %d of %d steps: %+.1f bytes a step (allocated %s)%n",
        steps - warm,
        steps,
        slope,
        figures[figures.length - 1]);
    assertTrue(slope < most, slope + " bytes a step");
  }

  private String soak(int steps, int warm) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // the heap is touched whole at the start, and the compilers are done soon
            "-Xms64m",
            "-Xmx64m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Soak.class.getName(),
            folder.resolve("run").toString(),
            steps + "",
            warm + "");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("err").toFile());
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), "see " + folder.resolve("err"));
    return out;
  }
}
