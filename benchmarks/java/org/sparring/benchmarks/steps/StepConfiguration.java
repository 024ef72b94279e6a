package org.sparring.benchmarks.steps;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sparring.benchmarks.timing.Timing;
import org.sparring.benchmarks.timing.Work;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;

/**
 * One run of {@link StepTimer}, read from words such as {@code net=dcgan-64 batch=128
 * precision=mixed_bfloat16 steps_per_run=16}.
 *
 * @param work work of a step
 * @param warmUp number of steps that are not timed
 * @param steps number of steps that are timed, repeatedly until {@code seconds} are over
 * @param settings recipe settings that differ from their defaults, by the last word of their keys
 */
record StepConfiguration(
    Work work, int warmUp, int steps, double seconds, Map<String, String> settings) {
  /** The words of the settings and their recipe keys. */
  private static final Map<String, String> KEYS =
      new TreeMap<>(
          Map.of(
              "rule", "game.rule",
              "device", "device.kind",
              "intra_op_threads", "device.intra_op_threads",
              "inter_op_threads", "device.inter_op_threads",
              "steps_per_run", "device.steps_per_run",
              "precision", "device.precision",
              "convolutions", "device.convolutions",
              "jit", "device.jit"));

  private static final List<String> OWN =
      List.of("net", "batch", "width", "warm_up", "steps", "seconds");

  StepConfiguration {
    settings = Map.copyOf(settings);
  }

  /**
   * Parses a configuration.
   *
   * @throws IllegalArgumentException listing the valid words, if a word is not valid
   */
  static StepConfiguration of(List<String> words) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String word : words) {
      String[] pair = word.split("=", 2);
      if (pair.length != 2 || !(OWN.contains(pair[0]) || KEYS.containsKey(pair[0]))) {
        throw new IllegalArgumentException(
            "expected word=value with a word of "
                + OWN
                + " or "
                + KEYS.keySet()
                + ", found "
                + word);
      }
      values.put(pair[0], pair[1]);
    }
    Work work = Work.of(values.getOrDefault("net", "dcgan-32"));
    work = work.withBatch(number(values, "batch", work.batch()));
    work = work.withWidth(number(values, "width", work.width()));
    int warmUp = number(values, "warm_up", 10);
    int steps = number(values, "steps", 30);
    double seconds = Double.parseDouble(values.getOrDefault("seconds", "0"));
    OWN.forEach(values::remove);
    return new StepConfiguration(work, warmUp, steps, seconds, values);
  }

  Timing timing() {
    return new Timing(work, warmUp, steps, seconds);
  }

  int stepsPerRun() {
    return Integer.parseInt(settings.getOrDefault("steps_per_run", "1"));
  }

  /** Returns a recipe with all features of a run except the meters. */
  Recipe recipe() {
    RecipeReader reader =
        new RecipeReader()
            .set("data.side", String.valueOf(work.side()))
            .set("data.channels", String.valueOf(work.channels()))
            .set("net.latent", String.valueOf(work.latent()))
            .set("net.width", String.valueOf(work.width()))
            .set("batch", String.valueOf(work.batch()))
            .set("meters.steps", "0");
    keys().forEach(reader::set);
    return reader.recipe();
  }

  /** Returns the settings by their recipe keys. */
  Map<String, String> keys() {
    Map<String, String> keys = new TreeMap<>();
    settings.forEach((name, value) -> keys.put(KEYS.get(name), value));
    return keys;
  }

  /** Returns the settings shown in tables, including defaults. */
  Map<String, String> shown() {
    Map<String, String> shown =
        new TreeMap<>(
            Map.of(
                "rule", "alternating",
                "device", "auto",
                "steps_per_run", "1",
                "precision", "tf32",
                "jit", "off"));
    shown.putAll(settings);
    return shown;
  }

  private static int number(Map<String, String> values, String name, int otherwise) {
    return Integer.parseInt(values.getOrDefault(name, String.valueOf(otherwise)));
  }
}
