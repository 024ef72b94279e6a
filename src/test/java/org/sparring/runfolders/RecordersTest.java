package org.sparring.runfolders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
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
import org.sparring.recipes.Recipe;
import org.sparring.recipes.TinyRecipe;
import org.sparring.runs.Experiment;
import org.sparring.runs.KeptNotes;
import org.sparring.runs.Outcome;

class RecordersTest {
  /** Bytes of a record with only the file's version. */
  private static final int VERSION_ONLY = 40;

  @TempDir private Path root;

  @Test
  void aFirstRunWritesNoSessionStart() throws IOException {
    assertEquals(VERSION_ONLY, sizeOfNewEvents());
  }

  @Test
  void aRunThatBeginsAgainDropsTheCurvesOfEarlierEventFiles() throws IOException {
    long first = sizeOfNewEvents();
    long second = sizeOfNewEvents();
    // a session start follows the version
    assertTrue(second > first, first + " and " + second);
  }

  /** A file is where the folder of samples should be: reported once, not at each picture. */
  @Test
  void aTrainingGoesOnWithoutItsSamples() throws IOException {
    RunFolder folder = new RunFolder(root);
    Files.writeString(folder.samples(), "in the way");
    KeptNotes notes = new KeptNotes();
    Recipe recipe = TinyRecipe.with("steps=4", "samples.steps=1", "checkpoint.steps=2");
    Outcome outcome = new Experiment(recipe, folder, notes).train();
    assertEquals(4, outcome.steps());
    List<String> found = notes.with("training continues without");
    assertEquals(1, found.size(), notes.lines() + "");
    assertTrue(found.get(0).startsWith("training continues without its samples: "), found.get(0));
    assertTrue(found.get(0).contains(folder.samples().toString()), found.get(0));
    assertEquals("in the way", Files.readString(folder.samples()));
    assertTrue(Files.isDirectory(folder.checkpoints().resolve("step-00000004")));
    assertTrue(Files.isDirectory(folder.savedModel()));
  }

  @Test
  void aPictureThatCannotBeAFileIsInTheEventsAllTheSame() throws IOException {
    List<String> notices = new ArrayList<>();
    RunFolder folder = new RunFolder(root);
    try (Recorders recorders = new Recorders(folder, Optional.empty(), notices::add)) {
      long size = Files.size(events().get(0));
      Files.writeString(folder.samples(), "in the way");
      BufferedImage drawn = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
      recorders.picture(1, drawn);
      recorders.picture(2, drawn);
      assertTrue(Files.size(events().get(0)) > size, "the events have the picture all the same");
    }
    assertEquals(1, notices.size(), notices + "");
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
