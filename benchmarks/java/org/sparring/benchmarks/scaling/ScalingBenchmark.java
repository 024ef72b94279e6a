package org.sparring.benchmarks.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures how training scales on one machine: the time of a step for several numbers of workers
 * with the same minibatch, in alternating rounds, and the time of their exchanges.
 *
 * <pre>
 * ScalingBenchmark workers=1,2,4 rounds=3 threads=1 KEY=VALUE…     keys of a recipe
 * </pre>
 *
 * With {@code threads=0} and GPUs each worker has a GPU of its own.
 */
public final class ScalingBenchmark {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> own =
      new TreeMap<>(Map.of("workers", "1,2,4", "rounds", "3", "threads", "1", "floats", "1700000"));
  private final List<String> settings = new ArrayList<>();

  private ScalingBenchmark(List<String> arguments) {
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      if (pair.length < 2) {
        throw new IllegalArgumentException("expected KEY=VALUE, found " + argument);
      }
      if (own.containsKey(pair[0])) {
        own.put(pair[0], pair[1]);
      } else {
        settings.add(argument);
      }
    }
  }

  /** Prints one line of JSON for each measurement, and then the ratios. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new ScalingBenchmark(List.of(arguments)).run();
  }

  private void run() throws IOException, InterruptedException {
    Map<Integer, List<Double>> steps = new TreeMap<>();
    for (int round = 0; round < number("rounds"); round++) {
      for (String count : own.get("workers").split(",")) {
        int workers = Integer.parseInt(count);
        JsonNode outcome = JSON.readTree(trained(workers));
        double step = outcome.get("step_ms_median").asDouble();
        steps.computeIfAbsent(workers, n -> new ArrayList<>()).add(step);
        System.out.printf(
            Locale.ROOT,
            "{\"workers\":%d,\"round\":%d,\"step_ms\":%.2f,\"weights_sha256\":%s}%n",
            workers,
            round,
            step,
            outcome.get("weights_sha256"));
      }
    }
    for (int workers : steps.keySet()) {
      if (workers > 1) {
        System.out.println("{\"workers\":" + workers + ",\"exchange\":" + exchange(workers) + "}");
      }
    }
    steps.forEach((workers, times) -> summarise(workers, times, steps.get(1)));
  }

  /** Speed of n workers over n times the speed of one. */
  private static void summarise(int workers, List<Double> times, List<Double> single) {
    if (workers > 1 && single != null) {
      List<Double> shares = new ArrayList<>();
      for (int round = 0; round < times.size(); round++) {
        shares.add(single.get(round) / (workers * times.get(round)));
      }
      shares.sort(null);
      System.out.printf(
          Locale.ROOT,
          "{\"workers\":%d,\"efficiency\":%.3f,\"least\":%.3f,\"most\":%.3f}%n",
          workers,
          shares.get(shares.size() / 2),
          shares.get(0),
          shares.get(shares.size() - 1));
    }
  }

  private int number(String key) {
    return Integer.parseInt(own.get(key));
  }

  private String exchange(int workers) throws IOException, InterruptedException {
    return WorkerGroup.run(
        workers,
        (rank, addresses) ->
            List.of(
                ExchangeTimer.class.getName(),
                String.join(",", addresses),
                String.valueOf(rank),
                own.get("threads"),
                own.get("floats"),
                "1,4,16"));
  }

  private String trained(int workers) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("scaling");
    try {
      return WorkerGroup.run(
          workers, (rank, addresses) -> training(folder.resolve("run"), rank, addresses));
    } finally {
      delete(folder);
    }
  }

  private List<String> training(Path run, int rank, List<String> addresses) {
    List<String> all = new ArrayList<>(List.of(ScalingWorker.class.getName(), run.toString()));
    all.addAll(List.of(String.join(",", addresses), String.valueOf(rank)));
    List<String> keys =
        new ArrayList<>(
            List.of(
                "steps=40",
                "samples.steps=0",
                "meters.steps=0",
                "checkpoint.steps=0",
                "device.steps_per_run=1"));
    if (number("threads") > 0) {
      keys.add("device.intra_op_threads=" + own.get("threads"));
      keys.add("device.inter_op_threads=" + own.get("threads"));
    }
    keys.addAll(settings);
    all.addAll(keys);
    return all;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
