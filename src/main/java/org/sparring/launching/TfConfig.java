package org.sparring.launching;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.distributed.Cluster;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.TrainingException;

/**
 * Reads {@code TF_CONFIG}, the variable with which TensorFlow's job systems name the workers:
 *
 * <pre>{@code
 * {"cluster": {"chief": ["a:2222"], "worker": ["b:2222", "c:2222"]},
 *  "task": {"type": "worker", "index": 0}}
 * }</pre>
 *
 * <p>The chief is worker 0 here, and the workers follow; without a chief the first worker leads.
 */
final class TfConfig {
  static final String VARIABLE = "TF_CONFIG";

  private static final List<String> CHIEFS = List.of("chief", "master");
  private static final String WORKER = "worker";
  private static final String ADVICE =
      "Correct the job, or remove the variable to train with one process.";

  private final JsonNode cluster;
  private final JsonNode task;

  private TfConfig(JsonNode root) {
    cluster = root.path("cluster");
    task = root.path("task");
  }

  /** Returns the place that the variable names; empty without the variable or without a cluster. */
  static Optional<WorkerPlace> in(Map<String, String> environment) {
    String text = environment.getOrDefault(VARIABLE, "");
    if (text.isBlank()) {
      return Optional.empty();
    }
    TfConfig config = new TfConfig(json(text));
    return config.cluster.isEmpty() ? Optional.empty() : Optional.of(config.place());
  }

  private static JsonNode json(String text) {
    try {
      JsonNode root = new ObjectMapper().readTree(text);
      require(root.isObject(), "an object of JSON", text);
      return root;
    } catch (JsonProcessingException e) {
      throw refused("an object of JSON", e.getOriginalMessage());
    }
  }

  private WorkerPlace place() {
    requireKnownJobs();
    List<String> chiefs = new ArrayList<>();
    CHIEFS.forEach(chief -> chiefs.addAll(addresses(chief)));
    require(chiefs.size() <= 1, "one chief at most", chiefs.toString());
    List<String> workers = addresses(WORKER);
    int index = index();
    boolean leads = CHIEFS.contains(task.path("type").asText());
    int size = leads ? chiefs.size() : workers.size();
    require(index >= 0 && index < size, "task.index from 0 to " + (size - 1), index + "");
    List<String> all = new ArrayList<>(chiefs);
    all.addAll(workers);
    return place(all, leads ? index : chiefs.size() + index);
  }

  private static WorkerPlace place(List<String> addresses, int task) {
    try {
      return new WorkerPlace(new Cluster(addresses, task), VARIABLE, 0, 1);
    } catch (ArgumentException e) {
      throw new TrainingException(VARIABLE + ": " + e.getMessage() + "\n" + ADVICE);
    }
  }

  /** Parameter servers and evaluators have no part in this kind of training. */
  private void requireKnownJobs() {
    for (Iterator<String> jobs = cluster.fieldNames(); jobs.hasNext(); ) {
      String job = jobs.next();
      require(isKnown(job) || cluster.get(job).isEmpty(), "a chief and workers only", job);
    }
    String type = task.path("type").asText("none");
    require(isKnown(type), "task.type chief or worker", type);
  }

  private static boolean isKnown(String job) {
    return job.equals(WORKER) || CHIEFS.contains(job);
  }

  private List<String> addresses(String job) {
    List<String> found = new ArrayList<>();
    for (JsonNode address : cluster.path(job)) {
      require(address.isTextual(), "addresses host:port as texts", address.toString());
      found.add(address.textValue());
    }
    return found;
  }

  /** Some job systems write the number as a text. */
  private int index() {
    JsonNode index = task.path("index");
    require(
        index.isInt() || index.asText().matches("\\d{1,9}"),
        "a whole number as task.index",
        index.isMissingNode() ? "none" : index.toString());
    return index.asInt();
  }

  private static void require(boolean holds, String expected, String found) {
    if (!holds) {
      throw refused(expected, found);
    }
  }

  private static TrainingException refused(String expected, String found) {
    return new TrainingException(
        VARIABLE + ": expected " + expected + "\nfound " + found + "\n" + ADVICE);
  }
}
