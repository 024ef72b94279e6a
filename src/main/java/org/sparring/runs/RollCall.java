package org.sparring.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparring.assembly.OwnParts;
import org.sparring.assembly.TaskData;
import org.sparring.distributed.Team;
import org.sparring.errors.TrainingException;
import org.sparring.exports.EngineVersion;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.training.TrainingGraph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.types.TInt64;

/**
 * Compares what the workers of a team train, before and after training. Every worker finds the same
 * difference and names the same worker.
 */
record RollCall(Team team) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Groups of keys that do not change the training computation. */
  private static final Set<String> OWN_GROUPS =
      Set.of("device", "checkpoint", "samples", "log", "meters", "evaluation");

  private static final Set<String> OWN_KEYS = Set.of("data.source", "data.residence");

  /** Keys of these groups in which all workers must agree. */
  private static final Set<String> COMMON_KEYS = Set.of("device.precision", "device.steps_per_run");

  private static final String SETTLED = "settled recipe";

  /**
   * Compares recipes, parts from a program, data and versions.
   *
   * @param recipe of this worker
   * @param settled the same after trials; read from the leading worker only
   * @return the recipe with what trials of the leading worker chose
   * @throws TrainingException that names the first difference and the worker that differs
   */
  Recipe before(Recipe recipe, Recipe settled, TaskData data, OwnParts parts) {
    Map<String, String> own = new LinkedHashMap<>();
    own.put("version of Sparring", EngineVersion.current());
    own.put("version of TensorFlow", TensorFlow.version());
    own.put("data", data.contentHash());
    own.put("parts from the program", parts.names().toString());
    collect("", RecipeReader.values(recipe), own);
    own.put(SETTLED, RecipeReader.yaml(settled));
    List<Map<String, String>> all = compared(own, Set.of(SETTLED));
    Recipe leading =
        new RecipeReader().overlay(all.get(0).get(SETTLED), "the leading worker").recipe();
    return Trials.settled(recipe, leading);
  }

  /** Compares the number of completed steps and all weights. */
  void weights(TrainingGraph training, Session session) {
    try (Result step = session.runner().fetch(training.counter()).run()) {
      String weights = training.fingerprint().of(session).sha256();
      String steps = Long.toString(((TInt64) step.get(0)).getLong());
      compared(Map.of("completed steps", steps, "weights", weights), Set.of());
    }
  }

  private static void collect(String prefix, Map<?, ?> values, Map<String, String> into) {
    values.forEach(
        (name, value) -> {
          String key = prefix + name;
          if (value instanceof Map<?, ?> group) {
            collect(key + ".", group, into);
          } else if (isCommon(key)) {
            into.put(key, String.valueOf(value));
          }
        });
  }

  private static boolean isCommon(String key) {
    String group = key.substring(0, Math.max(0, key.indexOf('.')));
    return COMMON_KEYS.contains(key) || !OWN_GROUPS.contains(group) && !OWN_KEYS.contains(key);
  }

  private List<Map<String, String>> compared(Map<String, String> own, Set<String> except) {
    List<Map<String, String>> all = team.messages(text(own)).stream().map(RollCall::read).toList();
    Map<String, String> leading = all.get(0);
    for (int worker = 1; worker < all.size(); worker++) {
      for (Map.Entry<String, String> entry : leading.entrySet()) {
        String found = all.get(worker).get(entry.getKey());
        if (!except.contains(entry.getKey()) && !entry.getValue().equals(found)) {
          throw different(worker, entry.getKey(), entry.getValue(), found);
        }
      }
    }
    return all;
  }

  private TrainingException different(int worker, String what, String expected, String found) {
    return new TrainingException(
        "worker "
            + worker
            + " ("
            + team.cluster().workers().get(worker)
            + "): "
            + what
            + ": expected "
            + expected
            + " as worker 0 has, found "
            + found
            + "\nStart all workers with the same recipe, data and version.");
  }

  private static String text(Map<String, String> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always writable", e);
    }
  }

  private static Map<String, String> read(String text) {
    try {
      return JSON.readValue(text, new TypeReference<LinkedHashMap<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new TrainingException("a worker sent what is no roll call: " + text);
    }
  }
}
