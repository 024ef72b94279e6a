package org.sparring.doctor;

import java.nio.file.Path;
import java.util.List;
import org.sparring.natives.CudaLibraries;
import org.sparring.natives.Flavour;
import org.sparring.natives.NvidiaDriver;
import org.sparring.natives.XlaToolkit;

/** The probes of {@code sparring doctor} for this machine. */
public final class Probes {
  private Probes() {}

  /**
   * Returns all probes in the order of the report. The probe of TensorFlow comes after those it
   * depends on.
   */
  public static List<DoctorProbe> all() {
    Flavour flavour = Flavour.onClassPath();
    NvidiaDriver driver = new NvidiaDriver();
    return List.of(
        new JavaProbe(Runtime.version().feature(), System.getProperty("java.runtime.version")),
        new MachineProbe(Path.of("/proc")),
        new NativesProbe(flavour, flavour.location()),
        new TensorFlowProbe(),
        new KernelProbe(),
        new GraphicsProbe(driver, NvidiaTool::gpus),
        new CudaProbe(flavour, CudaLibraries::bundled, CudaProbe.systemFolders(System.getenv())),
        new XlaProbe(driver.isPresent(), XlaToolkit.findLibdevice()),
        new StorageProbe(Path.of(""), System.getenv()));
  }
}
