package org.sparring.benchmarks.suite;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparring.benchmarks.timing.Measurement;

/**
 * Combines the measurements of {@code benchmarks/gpu/run.sh} in one results file and one table.
 *
 * <pre>GpuReport FOLDER</pre>
 *
 * <p>The folder contains {@code sparring.jsonl}, and optionally {@code pytorch.jsonl}, {@code
 * limits.json} and {@code machine.txt}, whose lines are {@code name: value}. {@code results.json}
 * and {@code results.md} are written into it.
 */
public final class GpuReport {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private GpuReport() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("expected FOLDER, found " + List.of(args));
    }
    write(Path.of(args[0]));
  }

  static void write(Path folder) throws IOException {
    Map<String, String> machine = machine(folder.resolve("machine.txt"));
    Map<?, ?> limits = limits(folder.resolve("limits.json"));
    List<Measurement> ours = measurements(folder.resolve("sparring.jsonl"));
    List<Measurement> pytorch = measurements(folder.resolve("pytorch.jsonl"));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    all.put("machine", machine);
    all.put("limits", limits);
    all.put("sparring", ours);
    all.put("pytorch", pytorch);
    JSON.writeValue(folder.resolve("results.json").toFile(), all);
    GpuTable table = new GpuTable(limits, pytorch);
    Files.writeString(folder.resolve("results.md"), head(all, machine) + table.of(ours));
  }

  private static String head(Map<String, Object> all, Map<String, String> machine) {
    StringBuilder head = new StringBuilder();
    head.append("Measured ").append(all.get("date")).append(".\n\n");
    machine.forEach((name, value) -> head.append("- ").append(name + ": " + value + "\n"));
    return head.append('\n').toString();
  }

  private static List<Measurement> measurements(Path file) throws IOException {
    return Files.exists(file)
        ? Files.readAllLines(file).stream()
            .filter(line -> line.startsWith("{"))
            .map(Measurement::fromJson)
            .toList()
        : List.of();
  }

  private static Map<?, ?> limits(Path file) throws IOException {
    return Files.exists(file) && Files.size(file) > 0
        ? JSON.readValue(file.toFile(), Map.class)
        : Map.of();
  }

  private static Map<String, String> machine(Path file) throws IOException {
    Map<String, String> machine = new LinkedHashMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        String[] pair = line.split(": ", 2);
        machine.put(pair[0], pair.length == 2 ? pair[1] : "");
      }
    }
    return machine;
  }
}
