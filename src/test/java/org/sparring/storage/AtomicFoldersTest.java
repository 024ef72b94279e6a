package org.sparring.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.StorageException;

class AtomicFoldersTest {
  @TempDir private Path root;
  private Path model;

  @BeforeEach
  void name() {
    model = root.resolve("deep/model");
  }

  @Test
  void aFolderIsReplacedAndNothingElseIsLeftBeside() throws IOException {
    AtomicFolders.replace(model, folder -> fill(folder, "first"));
    AtomicFolders.replace(model, folder -> fill(folder, "second"));
    assertEquals("second", Files.readString(model.resolve("a/file")));
    assertEquals(List.of(model), siblings());
  }

  @Test
  void whenTheNewOneCannotBeWrittenTheOldOneStays() throws IOException {
    AtomicFolders.replace(model, folder -> fill(folder, "first"));
    assertThrows(
        StorageException.class,
        () ->
            AtomicFolders.replace(
                model,
                folder -> {
                  fill(folder, "half");
                  throw new UncheckedIOException(new IOException("No space left on device"));
                }));
    assertEquals("first", Files.readString(model.resolve("a/file")));
    assertEquals(List.of(model), siblings());
  }

  /** A process was killed when the old folder had lost its name and the new one had none yet. */
  @Test
  void theFolderThatACrashLeftAsideIsFoundAndPutBackFirst() throws IOException {
    AtomicFolders.replace(model, folder -> fill(folder, "first"));
    Files.move(model, AtomicFolders.aside(model));
    Path aside = AtomicFolders.existing(model).orElseThrow();
    assertEquals("first", Files.readString(aside.resolve("a/file")));
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFolders.replace(
                model,
                folder -> {
                  throw new IllegalStateException("this export fails too");
                }));
    assertEquals("first", Files.readString(model.resolve("a/file")));
    assertEquals(List.of(model), siblings());
  }

  @Test
  void whatACrashAfterTheSecondRenameLeftAsideIsDeleted() throws IOException {
    AtomicFolders.replace(model, folder -> fill(folder, "new"));
    fill(AtomicFolders.aside(model), "old");
    assertEquals(Optional.of(model), AtomicFolders.existing(model));
    AtomicFolders.replace(model, folder -> fill(folder, "newest"));
    assertEquals("newest", Files.readString(model.resolve("a/file")));
    assertEquals(List.of(model), siblings());
  }

  @Test
  void whatAKilledProcessWroteHalfwayIsDeletedByTheNext() throws IOException {
    long dead = deadProcess();
    fill(model.resolveSibling(".model.writing-" + dead + "-1"), "half");
    Path alive = model.resolveSibling(".model.writing-1-1"); // init never ends
    fill(alive, "another's");
    AtomicFolders.replace(model, folder -> fill(folder, "whole"));
    assertEquals(List.of(alive, model), siblings());
  }

  @Test
  void aLinkIsReplacedAndWhatItLedToStays() throws IOException {
    Path other = root.resolve("other");
    fill(other, "theirs");
    Files.createDirectories(model.getParent());
    Files.createSymbolicLink(model, other);
    AtomicFolders.replace(model, folder -> fill(folder, "ours"));
    assertEquals("theirs", Files.readString(other.resolve("a/file")));
    assertFalse(Files.isSymbolicLink(model));
    assertEquals(List.of(model), siblings());
  }

  @Test
  void onlyFoldersOfTheKindThatIsWrittenAreReplaced() throws IOException {
    fill(model, "a letter");
    StorageException refused =
        assertThrows(StorageException.class, () -> AtomicFolders.requireReplaceable(model, "mark"));
    assertEquals(ErrorKind.BAD_REQUEST, refused.kind());
    assertTrue(refused.getMessage().contains("with other contents"), refused.getMessage());
    Files.writeString(model.resolve("mark"), "");
    AtomicFolders.requireReplaceable(model, "mark");
    AtomicFolders.requireReplaceable(root.resolve("new"), "mark");
    assertThrows(
        StorageException.class,
        () -> AtomicFolders.requireReplaceable(model.resolve("mark"), "mark"));
  }

  private static long deadProcess() {
    try {
      Process process = new ProcessBuilder("true").start();
      process.waitFor();
      return process.pid();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void fill(Path folder, String text) {
    try {
      Files.createDirectories(folder.resolve("a"));
      Files.writeString(folder.resolve("a/file"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> siblings() throws IOException {
    try (Stream<Path> files = Files.list(model.getParent())) {
      return files.sorted().toList();
    }
  }
}
