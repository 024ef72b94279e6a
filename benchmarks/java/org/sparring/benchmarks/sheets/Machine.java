package org.sparring.benchmarks.sheets;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Locale;

/**
 * The properties of a machine on which figures depend; not its name.
 *
 * @param processor model of the processor
 * @param processors number of processors that the JVM sees
 * @param vectorUnits instruction sets that TensorFlow's kernels use, such as {@code avx2 fma
 *     avx512f}; processors with the same name may differ in them
 * @param memory memory of the machine
 * @param system operating system and architecture
 * @param gpus model, memory and driver of each GPU that was used
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

  /** Returns the GPU's model, or {@code cpu} if none was used. */
  @JsonIgnore
  public String device() {
    return gpus.isEmpty() ? "cpu" : gpus.get(0).replaceFirst(",.*", "");
  }

  /**
   * Returns a file name such as {@code intel-xeon-8-processors}, with the GPU's model if one was
   * used.
   */
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
