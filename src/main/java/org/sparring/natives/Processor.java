package org.sparring.natives;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Linux says about the processor.
 *
 * @param vendor such as GenuineIntel; empty if unknown
 * @param features such as avx512_bf16; none if unknown
 */
public record Processor(String vendor, Set<String> features) {
  private static final Path INFO = Path.of("/proc/cpuinfo");

  public Processor {
    features = Set.copyOf(features);
  }

  /** Reads the file that Linux keeps; nothing is known on other systems. */
  public static Processor ofThisMachine() {
    try {
      return of(Files.readString(INFO));
    } catch (IOException e) {
      // not Linux
      return of("");
    }
  }

  /**
   * @param info the content of {@code /proc/cpuinfo}
   */
  public static Processor of(String info) {
    String features = field(info, "flags").or(() -> field(info, "Features")).orElse("");
    return new Processor(
        field(info, "vendor_id").orElse(""),
        Arrays.stream(features.split("\\s+"))
            .filter(f -> !f.isEmpty())
            .collect(Collectors.toSet()));
  }

  /**
   * Returns whether products of bfloat16 numbers are faster than products of float32 numbers: with
   * matrix units (AMX), and with AVX-512 on AMD's processors. On Intel's processors without AMX,
   * bfloat16 takes 1.6 times as long (docs/performance.md, mixed precision).
   */
  public boolean isFasterInBfloat16() {
    return features.contains("amx_bf16")
        || (features.contains("avx512_bf16") && vendor.equals("AuthenticAMD"));
  }

  /** Returns the value of the first line that begins with a name. */
  public static Optional<String> field(String info, String name) {
    Matcher line = Pattern.compile("(?m)^" + name + "\\s*:\\s*(.*?)\\s*$").matcher(info);
    return line.find() ? Optional.of(line.group(1)) : Optional.empty();
  }
}
