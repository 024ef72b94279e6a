package org.sparring.benchmarks.peers;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparring.benchmarks.timing.Work;

/**
 * The plan of a comparison.
 *
 * @param net networks that are trained, such as {@code dcgan-32}
 * @param rounds in each of which every engine runs once
 * @param warmUp steps of a run that are not timed
 * @param steps of a run that are timed
 * @param engines in the order of their turns; Sparring's alternating step, the measure of the
 *     others, is always among them
 * @param out folder of the results
 */
record Plan(String net, int rounds, int warmUp, int steps, List<Engine> engines, Path out) {
  private static final String USAGE =
      "[--rounds N] [--steps N] [--warm-up N] [--net dcgan-32|dcgan-64] [--engines A,B,…]"
          + " [--out FOLDER]";

  Plan {
    require(rounds >= 1, "--rounds: expected at least 1, found " + rounds);
    require(warmUp >= 1, "--warm-up: expected at least 1, found " + warmUp);
    require(steps >= 1, "--steps: expected at least 1, found " + steps);
    require(
        engines.contains(Engine.SPARRING_ALTERNATING),
        "--engines: expected "
            + Engine.SPARRING_ALTERNATING.label()
            + " among them, which the others are compared with");
    net = Work.of(net).net();
    engines = List.copyOf(engines);
  }

  static Plan of(String... args) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("--rounds", "7");
    options.put("--steps", "30");
    options.put("--warm-up", "10");
    options.put("--net", "dcgan-32");
    String all = String.join(",", Arrays.stream(Engine.values()).map(Engine::label).toList());
    options.put("--engines", all);
    options.put("--out", "target");
    require(args.length % 2 == 0, "expected " + USAGE);
    for (int i = 0; i < args.length; i += 2) {
      require(options.containsKey(args[i]), "expected " + USAGE + ", found '" + args[i] + "'");
      options.put(args[i], args[i + 1]);
    }
    return new Plan(
        options.get("--net"),
        number(options, "--rounds"),
        number(options, "--warm-up"),
        number(options, "--steps"),
        Arrays.stream(options.get("--engines").split(",")).map(Engine::of).toList(),
        Path.of(options.get("--out")));
  }

  String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Options of every Java process; each engine reads its own. */
  List<String> javaOptions() {
    return List.of(
        "-Dai.djl.offline=true",
        "-Dorg.bytedeco.javacpp.platform.extension=" + System.getProperty("nd4j.extension", ""));
  }

  String peersClassPath() {
    return System.getProperty("java.class.path");
  }

  String ourClassPath() {
    return property("sparring.classpath");
  }

  /** The Python that has PyTorch and TensorFlow. */
  String python() {
    return property("sparring.python");
  }

  /** The path of a Python script of this folder. */
  String script(String name) {
    return Path.of(property("sparring.peers"), name).toString();
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    require(value != null, "expected -D" + name + "; compare.sh sets it");
    return value;
  }

  private static int number(Map<String, String> options, String name) {
    String value = options.get(name);
    require(value.matches("\\d{1,9}"), name + ": expected a number, found '" + value + "'");
    return Integer.parseInt(value);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
