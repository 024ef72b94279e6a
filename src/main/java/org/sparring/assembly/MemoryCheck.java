package org.sparring.assembly;

import java.util.Locale;
import java.util.OptionalLong;
import org.sparring.errors.RecipeException;
import org.sparring.natives.Device;
import org.sparring.natives.HostMemory;
import org.tensorflow.Graph;

/**
 * Refuses a step that does not fit into memory before it is allocated: oneDNN ends the process
 * where it gets no workspace, and a system without memory kills it.
 *
 * @param memory of the machine
 * @param processes that make such a step on this machine, and share its memory; at least 1
 */
public record MemoryCheck(HostMemory memory, int processes) {
  private static final double GIGABYTE = 1e9;

  /**
   * Largest measured ratio of the memory of a step to its estimate with oneDNN: 1.38, see
   * docs/reliability.md.
   */
  private static final double MARGIN = 1.4;

  /** One process makes such a step. */
  public MemoryCheck(HostMemory memory) {
    this(memory, 1);
  }

  /**
   * @param graph of a training on the CPU
   * @param batch images of a step of all processes, for the advice
   * @throws RecipeException if the step needs more than there is
   */
  public void require(Graph graph, int batch) {
    long needed = GraphMemory.bytes(graph);
    OptionalLong available = memory.available();
    if (available.isPresent() && needed > available.getAsLong() / processes) {
      long share = available.getAsLong() / processes;
      long fits = fitting(batch, needed, share);
      throw new RecipeException(
          String.format(
              Locale.ROOT,
              "batch: expected a step that fits into the %.1f GB of memory available%s, found one"
                  + " that needs about %.1f GB at batch %d%n%s",
              share / GIGABYTE,
              processes == 1 ? "" : " to each of " + processes + " workers",
              needed / GIGABYTE,
              batch,
              advice(fits)));
    }
  }

  private static long fitting(int batch, long needed, long available) {
    return (long) (batch * (available / MARGIN / needed));
  }

  private static String advice(long fits) {
    return fits >= 1
        ? "Batch " + fits + " should fit; a lower net.width or data.side helps too."
        : "Lower net.width, data.side or samples.count.";
  }

  /**
   * Explains that a step of this batch did not fit into a device's memory, and names a batch that
   * may fit.
   *
   * @param line of TensorFlow, which names what it could not allocate
   */
  static String tooLarge(Graph graph, int batch, Device device, String line) {
    long fits = fitting(batch, GraphMemory.bytes(graph), device.memoryBytes());
    return String.format(
        Locale.ROOT,
        "batch: expected a step that fits into the %.1f GB of the GPU, found batch %d: %s%n%s",
        device.memoryBytes() / GIGABYTE,
        batch,
        line,
        advice(Math.min(batch / 2, fits)));
  }
}
