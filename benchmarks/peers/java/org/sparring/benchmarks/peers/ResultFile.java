package org.sparring.benchmarks.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparring.benchmarks.timing.Measurement;

/** The comparison as JSON: where it ran, how, each run, and the ratios. */
final class ResultFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private ResultFile() {}

  static void write(Plan plan, RoundTimes rounds, Path file) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    content.put("machine", machine());
    content.put("plan", told(plan));
    content.put("most_foreign_cores", RoundTimes.MOST_FOREIGN_CORES);
    content.put("ratios", rounds.ratios(plan.engines()));
    content.put("rounds", rounds.all().stream().map(ResultFile::told).toList());
    try {
      JSON.writeValue(file.toFile(), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> told(Plan plan) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("net", plan.net());
    told.put("rounds", plan.rounds());
    told.put("warm_up", plan.warmUp());
    Map<String, Integer> steps = new LinkedHashMap<>();
    plan.engines().forEach(e -> steps.put(e.label(), e.steps(plan)));
    told.put("steps", steps);
    told.put("java_options", plan.javaOptions());
    return told;
  }

  private static List<Map<String, Object>> told(Map<Engine, Measurement> round) {
    List<Map<String, Object>> runs = new ArrayList<>();
    round.forEach(
        (engine, measurement) -> {
          Map<String, Object> run = new LinkedHashMap<>();
          run.put("engine", engine.label());
          run.put("clean", RoundTimes.isClean(measurement));
          run.put("measurement", measurement);
          runs.add(run);
        });
    return runs;
  }

  private static Map<String, Object> machine() {
    Map<String, Object> machine = new LinkedHashMap<>();
    machine.put("processor", processor());
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    return machine;
  }

  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return "unknown";
    }
    try {
      return Files.readAllLines(info).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst(".*: *", ""))
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }
}
