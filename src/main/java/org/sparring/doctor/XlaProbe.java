package org.sparring.doctor;

import java.util.List;
import java.util.Optional;
import org.sparring.natives.KernelCompiler;
import org.sparring.natives.XlaToolkit;

/**
 * Examines whether GPU kernels can be compiled on this machine: TensorFlow's own kernels, which
 * need libdevice, and training steps with XLA ({@code device.jit}), which also need ptxas.
 *
 * @param gpu whether there is a driver; compiling for a CPU needs no toolkit
 * @param toolkit the toolkit for a GPU, if one was found
 */
record XlaProbe(boolean gpu, Optional<XlaToolkit> toolkit) implements DoctorProbe {
  private static final String TOPIC = "XLA";

  @Override
  public List<Finding> look() {
    return List.of(toolkit.map(XlaProbe::found).orElseGet(this::missing));
  }

  private static Finding found(XlaToolkit toolkit) {
    return toolkit.hasAssembler()
        ? Finding.ok(TOPIC, "libdevice and ptxas of the toolkit in " + toolkit.folder())
        : Finding.note(
            TOPIC,
            "libdevice in " + toolkit.folder() + ", no ptxas: device.jit needs it on a GPU",
            KernelCompiler.ADVICE);
  }

  private Finding missing() {
    return gpu
        ? Finding.note(
            TOPIC, "no libdevice: kernels for the GPU are compiled with it", KernelCompiler.ADVICE)
        : Finding.ok(TOPIC, "compiles for the CPU, which needs no toolkit");
  }
}
