package org.sparring.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sparring.natives.NvidiaDriver;

/**
 * Examines the GPUs and their driver.
 *
 * @param driver driver as the kernel reports it
 * @param tool output lines of nvidia-smi, which also reports the memory; run only if there is a
 *     driver
 */
record GraphicsProbe(NvidiaDriver driver, Supplier<List<String>> tool) implements DoctorProbe {
  @Override
  public List<Finding> look() {
    if (!driver.isPresent()) {
      String advice =
          "Only for a GPU: install NVIDIA's driver " + NvidiaDriver.MINIMUM + " or newer.";
      return List.of(Finding.note("NVIDIA driver", "none", advice));
    }
    List<String> lines = tool.get();
    List<Finding> findings = new ArrayList<>();
    findings.add(version(driver.version().or(() -> lines.stream().findFirst().map(this::last))));
    (lines.isEmpty() ? driver.gpus() : lines).forEach(gpu -> findings.add(Finding.ok("GPU", gpu)));
    return findings;
  }

  private static Finding version(Optional<String> version) {
    if (version.isEmpty()) {
      return Finding.note("NVIDIA driver", "version unknown", "CUDA 12 needs " + needed());
    }
    return NvidiaDriver.isRecentEnough(version.get())
        ? Finding.ok("NVIDIA driver", version.get() + ", CUDA 12 needs " + needed())
        : Finding.note("NVIDIA driver", version.get() + " is too old", "CUDA 12 needs " + needed());
  }

  private static String needed() {
    return NvidiaDriver.MINIMUM + " or newer.";
  }

  private String last(String line) {
    return line.substring(line.lastIndexOf(',') + 1).strip();
  }
}
