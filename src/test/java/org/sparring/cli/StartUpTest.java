package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a newcomer waits for the first step of the default recipe. */
class StartUpTest {
  @TempDir private Path folder;

  /** About 2.3 s on two cores of an AMD EPYC that have little else to do. */
  @Tag("long")
  @Test
  void theDefaultRecipeMakesItsFirstStepWithinSixSeconds() throws Exception {
    SparringProcess process =
        SparringProcess.start(
            folder,
            Main.class,
            List.of("--steps", "1", "--run", folder.resolve("run").toString()),
            "train",
            "--json");
    assertEquals(0, process.exitCode(), process.err());
    double seconds =
        new ObjectMapper().readTree(process.out()).get("first_step_seconds").asDouble();
    System.out.println("from the start of the JVM to the first step: " + seconds + " s");
    assertTrue(seconds < 6, seconds + " s");
  }
}
