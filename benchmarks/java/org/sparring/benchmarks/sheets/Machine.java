package org.sparring.benchmarks.sheets;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Locale;

/**
 * What figures depend on of a machine; not its name.
 *
 * @param processor its model
 * @param processors that the JVM sees
 * @param vectorUnits such as {@code avx2 fma avx512f}
 * @param memory of the machine
 * @param system operating system and architecture
 * @param gpus that were used; model, memory and driver of each
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Machine(
    String processor,
    int processors,
    String vectorUnits,
    String memory,
    String system,
    List<String> gpus) {

  public Machine {
    gpus = List.copyOf(gpus);
  }

  /** The GPU's model, or {@code cpu} where none was used. */
  @JsonIgnore
  public String device() {
    return gpus.isEmpty() ? "cpu" : gpus.get(0).replaceFirst(",.*", "");
  }

  /** A file name: {@code intel-xeon-8-processors}, and the GPU's model where one was used. */
  @JsonIgnore
  public String slug() {
    String all = processor + " " + processors + " processors";
    return (gpus.isEmpty() ? all : all + " " + device())
        .toLowerCase(Locale.ROOT)
        .replaceAll("\\((r|tm)\\)", " ")
        .replaceAll("[^a-z0-9.]+", "-")
        .replaceAll("^-|-$", "");
  }
}
