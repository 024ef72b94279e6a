package org.sparring.benchmarks.suite;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparring.benchmarks.sheets.Machine;
import org.sparring.benchmarks.sheets.Measured;
import org.sparring.benchmarks.sheets.Sheet;
import org.sparring.benchmarks.sheets.Versions;
import org.sparring.doctor.MachineProbe;
import org.sparring.doctor.NvidiaTool;
import org.sparring.natives.Flavour;
import org.sparring.natives.NvidiaDriver;
import org.tensorflow.TensorFlow;

/** Creates results files with a description of the machine, which is queried once. */
public final class SheetMaker {
  private static final List<String> TELLING_VARIABLES =
      List.of("SPARRING_JAVA_OPTS", "TF_ENABLE_ONEDNN_OPTS", "TF_XLA_FLAGS", "OMP_NUM_THREADS");

  private final Machine machine = asked();
  private final Map<String, String> versions;
  private final Map<String, String> flags;

  /**
   * @param home the checkout
   */
  public SheetMaker(Path home, boolean quick) {
    versions = versions(home);
    flags = flags(quick);
  }

  public Machine machine() {
    return machine;
  }

  public Sheet of(List<Measured> results) {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    return new Sheet(Sheet.FORMAT, now, machine, machine.device(), versions, flags, results);
  }

  /**
   * Queries the kernel about the GPU, because TensorFlow would allocate the GPU memory that the
   * benchmarks need.
   */
  private static Machine asked() {
    MachineProbe probe = new MachineProbe(Path.of("/proc"));
    boolean gpu = Flavour.onClassPath() == Flavour.GPU && new NvidiaDriver().isPresent();
    return new Machine(
        probe.model(),
        Runtime.getRuntime().availableProcessors(),
        probe.vectorUnits(),
        probe.totalMemory(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        gpu ? NvidiaTool.gpus() : List.of());
  }

  private static Map<String, String> versions(Path home) {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("sparring", (Versions.sparring() + " " + commit(home)).strip());
    versions.put("tensorflow", TensorFlow.version());
    versions.put("java", System.getProperty("java.version"));
    return versions;
  }

  /** Returns git's description of this checkout; empty for a copy without history. */
  private static String commit(Path home) {
    List<String> git =
        List.of("git", "-C", home.toAbsolutePath().toString(), "describe", "--always", "--dirty");
    return NvidiaTool.lines(git).stream().findFirst().orElse("");
  }

  private static Map<String, String> flags(boolean quick) {
    Map<String, String> flags = new TreeMap<>();
    flags.put("quick", String.valueOf(quick));
    TELLING_VARIABLES.forEach(
        name -> {
          String value = System.getenv(name);
          if (value != null && !value.isBlank()) {
            flags.put(name, value);
          }
        });
    return flags;
  }
}
