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
import java.util.Optional;
import java.util.stream.Stream;
import org.sparring.benchmarks.timing.Measurement;

/** The comparison as JSON: where it ran, how, each run, and the ratios. */
final class ResultFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** Instruction sets of matrix products, from the oldest to the newest. */
  private static final List<String> DECISIVE =
      List.of("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "amx_bf16");

  private ResultFile() {}

  static void write(Plan plan, RoundTimes rounds, Path file) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    content.put("machine", machine());
    content.put("plan", settings(plan));
    content.put("most_foreign_cores", RoundTimes.MOST_FOREIGN_CORES);
    content.put("ratios", rounds.ratios(plan.engines()));
    content.put("rounds", rounds.all().stream().map(ResultFile::runs).toList());
    try {
      JSON.writeValue(file.toFile(), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> settings(Plan plan) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("net", plan.net());
    settings.put("rounds", plan.rounds());
    settings.put("warm_up", plan.warmUp());
    Map<String, Integer> steps = new LinkedHashMap<>();
    plan.engines().forEach(e -> steps.put(e.label(), e.steps(plan)));
    settings.put("steps", steps);
    settings.put("java_options", plan.javaOptions());
    return settings;
  }

  private static List<Map<String, Object>> runs(Map<Engine, Measurement> round) {
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
    machine.put("instructions", instructions());
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    return machine;
  }

  private static String processor() {
    return cpuInfo("model name").orElse("unknown");
  }

  /** The instruction sets that decide how fast products are, such as {@code avx512f amx_bf16}. */
  private static List<String> instructions() {
    List<String> flags = List.of(cpuInfo("flags").orElse("").split(" "));
    return DECISIVE.stream().filter(flags::contains).toList();
  }

  /** The first value of a key in {@code /proc/cpuinfo}. */
  private static Optional<String> cpuInfo(String key) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.replaceFirst(".*: *", ""))
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
