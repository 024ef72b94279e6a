package org.sparring.assembly;

import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.sparring.errors.RecipeException;
import org.sparring.natives.Device;
import org.sparring.natives.SessionOptions;
import org.sparring.natives.XlaToolkit;
import org.sparring.recipes.DeviceKeys.XlaSwitch;

/** Whether XLA compiles the steps of a run: what the recipe says, on this machine. */
final class Compilation {

  private static final String NEEDED =
      "expected libdevice and ptxas of a CUDA toolkit, which XLA needs for a GPU, found none.";
  private static final String ADVICE = "Install one and set CUDA_HOME to its folder";

  private Compilation() {}

  /**
   * Returns the options with XLA if steps are to be compiled, else unchanged. If the recipe leaves
   * it open, the reason against XLA is logged in one line.
   */
  static SessionOptions of(XlaSwitch jit, SessionOptions plain) {
    if (jit == XlaSwitch.OFF) {
      return plain;
    }
    boolean gpu =
        !plain.device().equals("cpu") && Device.list(plain).stream().anyMatch(Device::isGpu);
    Optional<XlaToolkit> toolkit = gpu ? XlaToolkit.find() : Optional.empty();
    Optional<String> obstacle = obstacle(jit, gpu, toolkit.isPresent());
    obstacle.ifPresent(LogManager.getLogger(Compilation.class)::warn);
    toolkit.ifPresent(XlaToolkit::announce);
    return obstacle.isPresent() ? plain : plain.compiling();
  }

  /**
   * Says why a step is not compiled; empty if it is compiled, or if the recipe does not ask.
   *
   * @param equipped whether the machine has a toolkit
   * @throws RecipeException if the recipe demands XLA and the machine lacks what it needs
   */
  static Optional<String> obstacle(XlaSwitch jit, boolean gpu, boolean equipped) {
    return switch (jit) {
      case OFF -> Optional.empty();
      case ON -> {
        RecipeException.require(
            !gpu || equipped,
            "device.jit on: " + NEEDED + "\n" + ADVICE + ", or set device.jit to auto.");
        yield Optional.empty();
      }
      case AUTO -> automatic(gpu, equipped);
    };
  }

  private static Optional<String> automatic(boolean gpu, boolean equipped) {
    if (!gpu) {
      return Optional.of("device.jit auto: without XLA, whose code for a CPU is the slower one.");
    }
    return equipped
        ? Optional.empty()
        : Optional.of("device.jit auto: without XLA; " + NEEDED + " " + ADVICE + ".");
  }
}
