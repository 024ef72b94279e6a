package org.sparring.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sparring.natives.Processor;

/**
 * Examines the operating system, processor and memory, as the kernel reports them in the folder
 * {@code proc}.
 */
public record MachineProbe(Path proc) implements DoctorProbe {
  /** CPU features that TensorFlow's kernels use, oldest first. */
  private static final List<String> FEATURES =
      List.of("avx2", "fma", "avx512f", "avx512_bf16", "amx_bf16", "amx_int8", "asimd", "sve");

  @Override
  public List<Finding> look() {
    return List.of(system(), processor(), features(), memory());
  }

  private static Finding system() {
    return Finding.ok(
        "system",
        Stream.of("os.name", "os.version", "os.arch")
            .map(System::getProperty)
            .collect(Collectors.joining(" ")));
  }

  private Finding processor() {
    int threads = Runtime.getRuntime().availableProcessors();
    return Finding.ok("processor", model() + cores() + ", " + threads + " threads for Java");
  }

  /** Returns the manufacturer's name of the processor. */
  public String model() {
    return Processor.field(text("cpuinfo"), "model name").orElse("model unknown");
  }

  /** Returns the number of cores of one socket as text; empty if the kernel does not report it. */
  private String cores() {
    return Processor.field(text("cpuinfo"), "cpu cores")
        .map(cores -> ", " + cores + " cores")
        .orElse("");
  }

  /** Returns the {@link #FEATURES} that this processor has. */
  public String vectorUnits() {
    Set<String> there = Processor.of(text("cpuinfo")).features();
    return FEATURES.stream().filter(there::contains).collect(Collectors.joining(" "));
  }

  private Finding features() {
    String found = vectorUnits();
    return found.isEmpty()
        ? Finding.note(
            "vector units", "none of " + String.join(" ", FEATURES), "Training will be slow here.")
        : Finding.ok("vector units", found);
  }

  private Finding memory() {
    String heap = gibibytes(Runtime.getRuntime().maxMemory()) + " of it for Java's heap at most";
    String found =
        kibibytes("MemTotal")
            .map(total -> total + ", " + kibibytes("MemAvailable").orElse("?") + " available, ")
            .orElse("");
    return Finding.ok("memory", found + heap);
  }

  /** Returns the total memory of the machine, as text. */
  public String totalMemory() {
    return kibibytes("MemTotal").orElse("unknown");
  }

  private Optional<String> kibibytes(String name) {
    return Processor.field(text("meminfo"), name)
        .map(value -> Long.parseLong(value.split(" ", 2)[0]) << 10)
        .map(MachineProbe::gibibytes);
  }

  static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
  }

  private String text(String name) {
    try {
      return Files.readString(proc.resolve(name));
    } catch (IOException e) {
      // not Linux: the findings report unknown values
      return "";
    }
  }
}
