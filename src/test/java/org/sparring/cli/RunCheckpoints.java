package org.sparring.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The checkpoints of a run that another process may be writing.
 *
 * @param run the run folder
 */
record RunCheckpoints(Path run) {
  private static final String STEP = "step-";

  /** Steps of the newest finished one; 0 for none. */
  long newest() {
    return finished().stream()
        .map(p -> p.getFileName().toString().substring(STEP.length()))
        .mapToLong(Long::parseLong)
        .max()
        .orElse(0);
  }

  List<Path> finished() {
    return entries(STEP);
  }

  /** Files of a checkpoint that was not finished. */
  List<Path> leftovers() {
    return entries(".");
  }

  private List<Path> entries(String prefix) {
    try (Stream<Path> entries = Files.list(run.resolve("checkpoints"))) {
      return entries.filter(p -> p.getFileName().toString().startsWith(prefix)).toList();
    } catch (IOException | UncheckedIOException notYet) {
      return List.of();
    }
  }
}
