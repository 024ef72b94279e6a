package org.sparring.experiment;

import java.util.Locale;
import java.util.OptionalLong;
import org.sparring.graph.GraphMemory;
import org.sparring.graph.HostMemory;
import org.tensorflow.Graph;

/**
 * Refuses a step that does not fit into memory before it is allocated: oneDNN ends the process
 * where it gets no workspace, and a system without memory kills it.
 *
 * @param memory of the machine
 */
record MemoryCheck(HostMemory memory) {
  private static final double GIGABYTE = 1e9;

  /** How much more than estimated a step took at most. */
  private static final double MARGIN = 1.3;

  /**
   * @param graph of a training on the CPU
   * @param batch images of a step, for the advice
   * @throws RecipeException if the step needs more than there is
   */
  void require(Graph graph, int batch) {
    long needed = GraphMemory.bytes(graph);
    OptionalLong available = memory.available();
    if (available.isPresent() && needed > available.getAsLong()) {
      long fits = (long) (batch * (available.getAsLong() / MARGIN / needed));
      throw new RecipeException(
          String.format(
              Locale.ROOT,
              "batch: expected a step that fits into the %.1f GB of memory available, found one that"
                  + " needs about %.1f GB at batch %d%n%s",
              available.getAsLong() / GIGABYTE,
              needed / GIGABYTE,
              batch,
              fits >= 1
                  ? "Batch " + fits + " should fit; a lower net.width or data.side helps too."
                  : "Lower net.width, data.side or samples.count."));
    }
  }
}
