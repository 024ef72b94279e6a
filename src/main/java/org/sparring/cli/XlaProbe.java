package org.sparring.cli;

import java.util.List;
import java.util.Optional;
import org.sparring.graph.XlaToolkit;

/**
 * Whether XLA could compile steps here, which {@code device.jit} asks for.
 *
 * @param gpu whether there is a driver: for a CPU XLA needs nothing more
 * @param toolkit what it needs for a GPU
 */
record XlaProbe(boolean gpu, Optional<XlaToolkit> toolkit) implements Probe {
  private static final String TOPIC = "XLA";

  @Override
  public List<Finding> look() {
    if (toolkit.isPresent()) {
      return List.of(
          Finding.ok(TOPIC, "libdevice and ptxas of the toolkit in " + toolkit.get().folder()));
    }
    return List.of(
        gpu
            ? Finding.note(
                TOPIC,
                "no libdevice and ptxas: device.jit needs them on a GPU",
                "Install a CUDA toolkit and set CUDA_HOME to its folder.")
            : Finding.ok(TOPIC, "compiles for the CPU, which needs no toolkit"));
  }
}
