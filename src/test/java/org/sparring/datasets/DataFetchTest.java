package org.sparring.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.data.PublishedDataset;

/** What a fetch writes, leaves alone and refuses. */
class DataFetchTest {
  @TempDir private Path directory;
  private FileToFetch digits;

  @BeforeEach
  void nameTheContent() throws IOException {
    digits = new FileToFetch(directory);
  }

  @Test
  void downloadsAndReportsProgress() throws IOException {
    List<String> reports = new ArrayList<>();
    try (MirrorServer server = new MirrorServer(digits.content)) {
      Path fetched =
          new DataFetch()
              .fetch(
                  digits.file,
                  List.of(server.base()),
                  digits.directory,
                  (name, bytes, total) -> reports.add(name + " " + bytes + " " + total));
      assertEquals(digits.target, fetched);
    }
    assertArrayEquals(digits.content, Files.readAllBytes(digits.target));
    assertFalse(Files.exists(digits.part));
    assertEquals("digits.gz 300000 300000", reports.get(reports.size() - 1));
    assertTrue(reports.stream().allMatch(line -> line.endsWith(" 300000")), reports::toString);
  }

  @Test
  void whatIsThereAndWholeIsNotFetchedAgain() throws IOException {
    try (MirrorServer server = new MirrorServer(digits.content)) {
      digits.fetch(server);
      digits.fetch(server);
      assertEquals(List.of("none"), server.ranges());
    }
  }

  @Test
  void aDirectoryWithWholeFilesIsNotWrittenTo() throws IOException {
    Files.createDirectories(digits.target.getParent());
    Files.write(digits.target, digits.content);
    try (MirrorServer server = new MirrorServer(digits.content)) {
      digits.fetch(server);
    }
    try (Stream<Path> files = Files.list(digits.target.getParent())) {
      assertEquals(List.of(digits.target), files.toList());
    }
  }

  @Test
  void anotherFileOfThatNameIsNeverReplaced() throws IOException {
    Files.createDirectories(digits.target.getParent());
    Files.write(digits.target, new byte[] {1, 2, 3});
    try (MirrorServer server = new MirrorServer(digits.content)) {
      assertRefused(
          () -> digits.fetch(server),
          digits.target + "",
          "another file, md5",
          "left as it is",
          "another folder");
      assertEquals(List.of(), server.ranges());
    }
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(digits.target));
    assertFalse(Files.exists(digits.part));
  }

  @Test
  void linksAreNeitherWrittenThroughNorReplaced() throws IOException {
    Path own = Files.write(directory.resolve("own"), new byte[] {1, 2, 3});
    Files.createDirectories(digits.target.getParent());
    Files.createSymbolicLink(digits.part, own);
    try (MirrorServer server = new MirrorServer(digits.content)) {
      assertRefused(() -> digits.fetch(server), "digits.gz.part is no regular file");
      Files.delete(digits.part);
      Files.createSymbolicLink(digits.target, directory.resolve("nowhere"));
      assertRefused(
          () -> digits.fetch(server), digits.target + "", "found no file", "left as it is");
    }
    assertTrue(Files.isSymbolicLink(digits.target));
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(own));
    // a link to the official file is as good as the file
    Files.delete(digits.target);
    Files.createSymbolicLink(digits.target, directory.resolve("copy"));
    try (MirrorServer server = new MirrorServer(digits.content)) {
      digits.fetch(server);
      assertEquals(List.of(), server.ranges());
    }
  }

  @Test
  void aFileThatIsTooLongIsGivenUp() throws IOException {
    digits.file =
        new PublishedDataset.RemoteFile("digits.gz", digits.file.md5(), FileToFetch.SIZE - 1);
    try (MirrorServer server = new MirrorServer(digits.content)) {
      assertRefused(
          () -> digits.fetch(server), "more than the 299999 bytes that the file can have");
    }
    assertFalse(Files.exists(digits.target));
    assertFalse(Files.exists(digits.part), "nothing is written of what is known to be too long");
  }

  @Test
  void aFetchIntoADirectoryWaitsForTheOneUnderWay() throws Exception {
    List<String> events = new CopyOnWriteArrayList<>();
    DataFetch.Progress waits =
        new DataFetch.Progress() {
          @Override
          public void at(String name, long bytes, long total) {}

          @Override
          public void waiting(Path to) {
            events.add("waiting for " + to.getFileName());
          }
        };
    Path to = Files.createDirectories(digits.directory);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (MirrorServer server = new MirrorServer(digits.content)) {
      Future<Path> second;
      try (FetchLock first = FetchLock.take(to, () -> events.add("nobody to wait for"))) {
        second =
            thread.submit(
                () -> new DataFetch().fetch(digits.file, List.of(server.base()), to, waits));
        while (events.isEmpty() && !second.isDone()) {
          Thread.sleep(5);
        }
        assertFalse(second.isDone());
        assertTrue(first.isHeld());
      }
      assertEquals(digits.target, second.get());
    } finally {
      thread.shutdown();
    }
    assertEquals(List.of("waiting for to"), events);
    assertArrayEquals(digits.content, Files.readAllBytes(digits.target));
  }

  @Test
  void aWrongChecksumDeletesThePartAndSaysBoth() throws IOException {
    byte[] other = digits.content.clone();
    other[7]++;
    Path copy = Files.write(directory.resolve("copy"), other);
    try (MirrorServer server = new MirrorServer(other)) {
      assertRefused(
          () -> digits.fetch(server),
          digits.target + ": expected a whole file with md5 " + digits.file.md5(),
          server.base() + "digits.gz: md5 " + Checksum.md5(copy) + " in 300000 bytes (deleted)");
    }
    assertFalse(Files.exists(digits.part));
    assertFalse(Files.exists(digits.target));
  }

  @Test
  void aTargetThatCannotBeADirectoryIsRefused() throws IOException {
    Files.write(digits.directory, new byte[1]);
    try (MirrorServer server = new MirrorServer(digits.content)) {
      assertRefused(
          () -> digits.fetch(server), "digits.gz", "Name a directory that can be written to");
    }
  }

  @Test
  void mirrorsOfADatasetCanBeReplaced() throws IOException {
    try (MirrorServer server = new MirrorServer(digits.content)) {
      DataFetch fetch = new DataFetch(Map.of(PublishedDataset.CIFAR10, List.of(server.base())));
      assertRefused(
          () -> fetch.fetch(PublishedDataset.CIFAR10, digits.directory, FileToFetch.SILENT),
          "cifar-10-binary.tar.gz",
          "c32a1d4ab5d03f1284b67883e8d13530",
          server.base().toString());
    }
  }

  @Test
  void everyDatasetHasMirrorsThatEndInASlash() {
    for (PublishedDataset dataset : PublishedDataset.values()) {
      assertFalse(dataset.files().isEmpty());
      assertTrue(dataset.mirrors().stream().allMatch(m -> m.toString().endsWith("/")));
    }
    assertRefused(
        () -> new PublishedDataset.RemoteFile("a", "XYZ"), "an md5 of 32 hex digits", "found XYZ");
  }
}
