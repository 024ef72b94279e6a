package org.sparring.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.StorageException;

class AtomicFilesTest {
  @TempDir private Path folder;

  @Test
  void aFileIsReplacedAndNothingElseIsLeftBeside() throws IOException {
    Path file = folder.resolve("deep/down/run.json");
    AtomicFiles.write(file, new byte[] {1});
    AtomicFiles.write(file, new byte[] {2, 3});
    assertEquals(2, Files.size(file));
    assertEquals(List.of(file), siblings(file));
  }

  @Test
  void whenTheContentFailsTheOldFileStays() throws IOException {
    Path file = folder.resolve("run.json");
    Files.writeString(file, "old");
    StorageException refused =
        assertThrows(StorageException.class, () -> AtomicFiles.write(file, out -> fullDisk()));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), siblings(file));
    assertTrue(refused.getMessage().contains("the disk is full"), refused.getMessage());
    assertEquals(ErrorKind.UNREADABLE, refused.kind());
  }

  @Test
  void aFolderThatCannotBeMadeIsNamedInTheError() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("samples"), "a file, not a folder");
    Path file = inTheWay.resolve("grid.png");
    StorageException refused =
        assertThrows(StorageException.class, () -> AtomicFiles.write(file, new byte[0]));
    assertTrue(refused.getMessage().startsWith("cannot write " + file), refused.getMessage());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceIsWrittenToAndStaysADevice() {
    Path device = Path.of("/dev/null");
    Object before = key(device);
    AtomicFiles.write(device, new byte[] {1, 2, 3});
    assertEquals(before, key(device));
    assertThrows(
        StorageException.class,
        () -> AtomicFiles.write(Path.of("/dev/no-such-device"), new byte[1]));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aPipeGetsTheBytesAndStaysAPipe() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    CompletableFuture<byte[]> read =
        CompletableFuture.supplyAsync(() -> assertDoesNotThrow(() -> Files.readAllBytes(pipe)));
    AtomicFiles.write(pipe, new byte[] {1, 2, 3});
    assertArrayEquals(new byte[] {1, 2, 3}, read.get(10, TimeUnit.SECONDS));
    assertTrue(Files.readAttributes(pipe, BasicFileAttributes.class).isOther());
  }

  /** A file system in memory below /dev, with ordinary files. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void sharedMemoryHoldsFilesLikeAnyOther() throws IOException {
    assumeTrue(Files.isWritable(Path.of("/dev/shm")), "no /dev/shm");
    Path file = Files.createTempDirectory(Path.of("/dev/shm"), "sparring").resolve("run.json");
    try {
      AtomicFiles.write(file, "0123456789".getBytes(UTF_8));
      AtomicFiles.write(file, "abc".getBytes(UTF_8));
      assertEquals("abc", Files.readString(file));
    } finally {
      Disk.delete(file.getParent());
    }
  }

  @Test
  void aFolderIsNotReplacedByAFile() {
    StorageException refused =
        assertThrows(StorageException.class, () -> AtomicFiles.write(folder, new byte[1]));
    assertEquals(ErrorKind.BAD_REQUEST, refused.kind());
  }

  @Test
  void aLinkThatWasPutInTheTemporaryFilesPlaceIsNotWrittenThrough() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "mine");
    long thread = Thread.currentThread().getId();
    String name = ".run.json." + ProcessHandle.current().pid() + "-" + thread + ".tmp";
    Files.createSymbolicLink(folder.resolve(name), victim);
    AtomicFiles.write(folder.resolve("run.json"), new byte[] {7});
    assertEquals("mine", Files.readString(victim));
  }

  private static Object key(Path path) {
    return assertDoesNotThrow(
        () -> Files.readAttributes(path, BasicFileAttributes.class).fileKey());
  }

  private static void fullDisk() throws IOException {
    throw new IOException("No space left on device");
  }

  private static List<Path> siblings(Path file) throws IOException {
    try (Stream<Path> files = Files.list(file.getParent())) {
      return files.toList();
    }
  }

  /** A killed {@code synthesize} may have left gigabytes. */
  @Test
  void whatAKilledProcessLeftIsDeletedByTheNextAndWhatAnotherWritesIsNot() throws IOException {
    Path target = folder.resolve("images.zip");
    long another = ProcessHandle.current().parent().orElseThrow().pid();
    Path dead = Files.writeString(folder.resolve(".images.zip.999999999-1.tmp"), "half");
    Path alive = Files.writeString(folder.resolve(".images.zip." + another + "-1.tmp"), "half");
    Path other = Files.writeString(folder.resolve(".images.zip.of-a-user.tmp"), "whole");
    AtomicFiles.write(target, new byte[3]);
    assertEquals(3, Files.size(target));
    assertTrue(!Files.exists(dead) && Files.exists(alive) && Files.exists(other));
  }
}
