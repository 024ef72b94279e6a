package org.sparring.checkpoints;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.CheckpointException;

/** Which checkpoints a store keeps, finds and restores. */
class CheckpointStoreTest {
  private static final String DATA = "variables.data-00000-of-00001";

  /** Bytes of a path, of Linux: PATH_MAX less the byte that ends it. */
  private static final int LONGEST_PATH = 4095;

  @TempDir private Path temporary;

  private final OneWeightGraph graph = new OneWeightGraph();
  private Path folder;

  @BeforeEach
  void nameTheFolder() {
    folder = temporary.resolve("checkpoints");
  }

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void whatWasSavedIsFoundAndRestored() {
    CheckpointStore store = new CheckpointStore(folder, 3);
    assertEquals(Optional.empty(), store.latest());
    graph.assign(5, 6, 7);
    Checkpoint saved = graph.save(store, 40, 1.5);
    graph.assign(0, 0, 0);
    Checkpoint found = store.latest().orElseThrow();
    found.restore(graph.session());
    assertArrayEquals(new float[] {5, 6, 7}, graph.values());
    assertEquals(saved, found);
    assertEquals(folder.resolve("step-00000040"), found.folder());
    assertEquals(40, found.manifest().step());
    assertEquals(0.16, found.manifest().kimg());
    assertEquals("weights", found.manifest().weightsSha256());
    assertEquals(12L, found.manifest().files().get(DATA));
  }

  @Test
  void theNewestAndTheBestAreKept() {
    CheckpointStore store = new CheckpointStore(folder, 2);
    double[] scores = {3, 1, 2, 5, 4};
    for (int i = 0; i < scores.length; i++) {
      graph.save(store, 10L * (i + 1), scores[i]);
    }
    assertEquals(List.of("step-00000020", "step-00000040", "step-00000050"), names());
    assertEquals(20, store.best().orElseThrow().manifest().step());
    assertEquals(50, store.latest().orElseThrow().manifest().step());
  }

  @Test
  void withoutScoresTheNewestAloneStay() {
    CheckpointStore store = new CheckpointStore(folder, 1);
    graph.save(store, 10, null);
    graph.save(store, 20, null);
    assertEquals(List.of("step-00000020"), names());
    assertEquals(Optional.empty(), store.best());
  }

  /**
   * Its paths are as long as a path may be: out of sight, where they are nine letters longer,
   * nobody can delete them, not even root.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void anOldCheckpointThatCannotBeDeletedIsReported() throws IOException {
    List<String> notices = new ArrayList<>();
    CheckpointStore store = new CheckpointStore(folder, 1, notices::add);
    Path old = graph.save(store, 10, null).folder();
    Path deep = old;
    while (LONGEST_PATH - deep.toString().length() > 240) {
      deep = deep.resolve("d".repeat(200));
    }
    deep = deep.resolve("d".repeat(LONGEST_PATH - deep.toString().length() - 1));
    Files.createDirectories(deep);
    Path hidden = folder.resolve(".writing-" + old.getFileName());
    try {
      graph.save(store, 20, 1.0);
      assertEquals(1, notices.size(), notices + "");
      String notice = notices.get(0);
      assertTrue(notice.startsWith("an old checkpoint cannot be deleted: "), notice);
      assertTrue(notice.endsWith("File name too long"), notice);
      assertEquals(20, store.latest().orElseThrow().manifest().step());
      assertEquals(20, graph.save(store, 20, null).manifest().step(), "the next is saved too");
    } finally {
      if (Files.exists(hidden)) {
        Files.move(hidden, temporary.resolve("short")); // where it can be deleted
      }
    }
  }

  @Test
  void stepsAreOrderedByNumberAndNotByName() {
    CheckpointStore store = new CheckpointStore(folder, 9);
    graph.save(store, 99_999_999, null);
    graph.save(store, 100_000_000, null);
    graph.save(store, 5, null);
    assertEquals(100_000_000, store.latest().orElseThrow().manifest().step());
  }

  /** Its files were damaged, the run resumed from the one before, and saves again. */
  @Test
  void aCheckpointThatWasPassedOverDoesNotPushOutTheNextOne() throws IOException {
    CheckpointStore store = new CheckpointStore(folder, 1);
    graph.save(store, 20, 1.0);
    Path damaged = graph.save(store, 30, null).folder();
    Files.writeString(damaged.resolve(DATA), "damaged");
    assertEquals(20, store.latest().orElseThrow().manifest().step());
    graph.save(store, 25, null);
    assertEquals(25, store.latest().orElseThrow().manifest().step());
    assertEquals(List.of("step-00000020", "step-00000025"), names());
  }

  @Test
  void savingAStepAgainReplacesIt() {
    CheckpointStore store = new CheckpointStore(folder, 3);
    graph.save(store, 10, null);
    graph.assign(9, 9, 9);
    graph.save(store, 10, 1.0).restore(graph.session());
    assertEquals(List.of("step-00000010"), names());
    assertArrayEquals(new float[] {9, 9, 9}, graph.values());
  }

  @Test
  void aHalfWrittenFolderIsNotListedAndDoesNotHinderTheNext() throws IOException {
    CheckpointStore store = new CheckpointStore(folder, 3);
    Path half = Files.createDirectories(folder.resolve(".writing-step-00000020"));
    Files.writeString(half.resolve(DATA), "half");
    assertEquals(Optional.empty(), store.latest());
    graph.save(store, 10, null);
    assertEquals(10, store.latest().orElseThrow().manifest().step());
    graph.save(store, 20, null);
    assertEquals(20, store.latest().orElseThrow().manifest().step());
    assertTrue(Files.notExists(half));
  }

  @Test
  void anOlderCheckpointThatIsDamagedDoesNotKeepTheNextFromBeingWritten() throws IOException {
    CheckpointStore store = new CheckpointStore(folder, 2);
    Files.delete(graph.save(store, 10, 1.0).folder().resolve(DATA));
    graph.save(store, 20, 2.0);
    graph.save(store, 30, 3.0);
    graph.save(store, 40, 4.0);
    assertEquals(40, store.latest().orElseThrow().manifest().step());
    assertEquals(20, store.best().orElseThrow().manifest().step());
  }

  /** The next checkpoint is of an older step; the damaged one would be the newest for ever. */
  @Test
  void aDamagedCheckpointThatWasPassedOverGoesAndOneThatCannotBeReadStays() {
    CheckpointStore store = new CheckpointStore(folder, 1);
    Path damaged = graph.save(store, 30, null).folder();
    store.passOver(damaged, new CheckpointException("another content"));
    graph.save(store, 10, null);
    assertEquals(List.of("step-00000010"), names());
    Path unreadable = graph.save(new CheckpointStore(folder, 2), 30, null).folder();
    IOException system = new IOException("Too many open files");
    store.passOver(unreadable, new CheckpointException("cannot be read", system));
    graph.save(store, 20, null);
    assertEquals(List.of("step-00000020", "step-00000030"), names());
    assertEquals(30, store.latest().orElseThrow().manifest().step());
  }

  @Test
  void keepingNoneIsRefused() {
    var e = assertThrows(CheckpointException.class, () -> new CheckpointStore(folder, 0));
    assertEquals("at least 1 checkpoint must be kept, found 0", e.getMessage());
  }

  private List<String> names() {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(p -> p.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
