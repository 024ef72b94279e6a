package org.sparring.assembly;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sparring.data.Dataset;
import org.sparring.pictures.ContentHash;
import org.sparring.tasks.Task;

/**
 * The data of a run by the names of its task's sources.
 *
 * @param byName in the order of the task's sources, at least one
 */
public record TaskData(Map<String, Dataset> byName) {
  public TaskData {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** The data of a task with one source. */
  public static TaskData of(Dataset dataset) {
    return new TaskData(Map.of(Task.DATA, dataset));
  }

  /**
   * The samples that are never trained on, by the names of the sources.
   *
   * @return empty unless every source has such samples
   */
  public Optional<TaskData> heldOut() {
    Map<String, Dataset> parts = new LinkedHashMap<>();
    byName.forEach((name, source) -> source.heldOut().ifPresent(part -> parts.put(name, part)));
    return parts.size() == byName.size() ? Optional.of(new TaskData(parts)) : Optional.empty();
  }

  /** The source of a name. */
  public Dataset get(String name) {
    return byName.get(name);
  }

  /** The first source, whose first field gives the shape in a run's description. */
  public Dataset first() {
    return byName.values().iterator().next();
  }

  /** The last source. */
  public Dataset last() {
    return List.copyOf(byName.values()).get(byName.size() - 1);
  }

  /** The names of the data sets, for logs. */
  public String name() {
    return joined(Dataset::name);
  }

  /** Number of samples of the largest source. */
  public int size() {
    return byName.values().stream().mapToInt(Dataset::size).max().orElseThrow();
  }

  /** One line about the contents. */
  public String summary() {
    return joined(Dataset::summary);
  }

  /** SHA-256 in hex of all sources; of a single one its own. */
  public String contentHash() {
    if (byName.size() == 1) {
      return first().contentHash();
    }
    ContentHash hash = new ContentHash();
    byName.forEach((name, source) -> hash.text(name).text(source.contentHash()));
    return hash.hex();
  }

  private String joined(Function<Dataset, String> part) {
    return byName.size() == 1
        ? part.apply(first())
        : byName.entrySet().stream()
            .map(e -> e.getKey() + ": " + part.apply(e.getValue()))
            .collect(Collectors.joining("; "));
  }
}
