package org.sparring.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordersTest {
  /** Bytes of a record with only the file's version. */
  private static final int VERSION_ONLY = 40;

  @TempDir private Path root;

  @Test
  void aFirstRunTellsOfNoSessionBeforeIt() throws IOException {
    assertEquals(VERSION_ONLY, sizeOfNewEvents());
  }

  @Test
  void aRunThatBeginsAgainDropsTheCurvesOfEarlierEventFiles() throws IOException {
    long first = sizeOfNewEvents();
    long second = sizeOfNewEvents();
    // a session start follows the version
    assertTrue(second > first, first + " and " + second);
  }

  private long sizeOfNewEvents() throws IOException {
    List<Path> before = events();
    new Recorders(new RunFolder(root), Optional.empty(), line -> {}).close();
    List<Path> made = new ArrayList<>(events());
    made.removeAll(before);
    String text = Files.readString(made.get(0), StandardCharsets.ISO_8859_1);
    assertTrue(text.contains("brain.Event:2"));
    return Files.size(made.get(0));
  }

  private List<Path> events() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.filter(f -> f.getFileName().toString().startsWith("events")).toList();
    }
  }
}
