package org.sparring.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.RecipeException;
import org.sparring.natives.HostMemory;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class MemoryCheckTest {
  @TempDir private Path proc;

  @Test
  void aStepThatDoesNotFitIsRefusedWithABatchThatDoes() throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      // 4 GB
      tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1000, 1_000_000)));
      check(5_000_000).require(graph, 1000);
      RecipeException refused =
          assertThrows(RecipeException.class, () -> check(2_000_000).require(graph, 1000));
      assertEquals(
          "batch: expected a step that fits into the 2.0 GB of memory available, found one that"
              + " needs about 4.0 GB at batch 1000\n"
              + "Batch 365 should fit; a lower net.width or data.side helps too.",
          refused.getMessage().replace(System.lineSeparator(), "\n"));
    }
  }

  @Test
  void theWorkersOfAMachineShareItsMemory() throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1000, 1_000_000)));
      check(5_000_000).require(graph, 2000);
      MemoryCheck two = new MemoryCheck(check(5_000_000).memory(), 2);
      RecipeException refused = assertThrows(RecipeException.class, () -> two.require(graph, 2000));
      assertTrue(
          refused.getMessage().contains("2.6 GB of memory available to each of 2 workers, found"),
          refused::getMessage);
    }
  }

  private MemoryCheck check(long kibibytes) throws IOException {
    Files.writeString(proc.resolve("meminfo"), "MemAvailable: " + kibibytes + " kB\n");
    return new MemoryCheck(new HostMemory(proc, proc.resolve("none")));
  }
}
