package org.sparring.assembly;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.sparring.data.SampleSource;
import org.sparring.pictures.ContentHash;

/**
 * The data of a task that reads several sources.
 *
 * @param byName in the order of the task's sources, at least two
 */
public record TaskSources(Map<String, SampleSource> byName) implements SampleSource {
  public TaskSources {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  /** The source of a name. */
  SampleSource get(String name) {
    return byName.get(name);
  }

  /** The first source, whose samples give the shape in a run's description. */
  SampleSource first() {
    return byName.values().iterator().next();
  }

  /** The last source. */
  public SampleSource last() {
    return List.copyOf(byName.values()).get(byName.size() - 1);
  }

  @Override
  public String name() {
    return joined(SampleSource::name);
  }

  @Override
  public int size() {
    return byName.values().stream().mapToInt(SampleSource::size).max().orElseThrow();
  }

  @Override
  public String summary() {
    return joined(SampleSource::summary);
  }

  @Override
  public String contentHash() {
    ContentHash hash = new ContentHash();
    byName.forEach((name, source) -> hash.text(name).text(source.contentHash()));
    return hash.hex();
  }

  private String joined(Function<SampleSource, String> said) {
    return byName.entrySet().stream()
        .map(e -> e.getKey() + ": " + said.apply(e.getValue()))
        .collect(Collectors.joining("; "));
  }
}
