package org.sparring.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.data.PublishedDataset;

class DataFetchTest {
  private static final int SIZE = 300_000;
  private static final DataFetch.Progress SILENT = (file, bytes, total) -> {};

  @TempDir Path directory;
  private final byte[] content = new byte[SIZE];
  private PublishedDataset.RemoteFile file;
  private Path target;
  private Path part;

  @BeforeEach
  void nameTheContent() throws IOException {
    new Random(3).nextBytes(content);
    Path copy = Files.write(directory.resolve("copy"), content);
    file = new PublishedDataset.RemoteFile("digits.gz", Checksum.md5(copy));
    target = directory.resolve("to/digits.gz");
    part = directory.resolve("to/digits.gz.part");
  }

  @Test
  void downloadsAndTellsProgress() throws IOException {
    List<String> told = new ArrayList<>();
    try (MirrorServer server = new MirrorServer(content)) {
      Path fetched =
          new DataFetch()
              .fetch(
                  file,
                  List.of(server.base()),
                  directory.resolve("to"),
                  (name, bytes, total) -> told.add(name + " " + bytes + " " + total));
      assertEquals(target, fetched);
    }
    assertArrayEquals(content, Files.readAllBytes(target));
    assertFalse(Files.exists(part));
    assertEquals("digits.gz 300000 300000", told.get(told.size() - 1));
    assertTrue(told.stream().allMatch(line -> line.endsWith(" 300000")), told::toString);
  }

  @Test
  void whatIsThereAndWholeIsNotFetchedAgain() throws IOException {
    try (MirrorServer server = new MirrorServer(content)) {
      fetch(server);
      fetch(server);
      assertEquals(List.of("none"), server.ranges());
    }
  }

  @Test
  void aDirectoryWithWholeFilesIsNotWrittenTo() throws IOException {
    Files.createDirectories(target.getParent());
    Files.write(target, content);
    try (MirrorServer server = new MirrorServer(content)) {
      fetch(server);
    }
    try (Stream<Path> files = Files.list(target.getParent())) {
      assertEquals(List.of(target), files.toList());
    }
  }

  @Test
  void anotherFileOfThatNameIsNeverReplaced() throws IOException {
    Files.createDirectories(target.getParent());
    Files.write(target, new byte[] {1, 2, 3});
    try (MirrorServer server = new MirrorServer(content)) {
      assertRefused(
          () -> fetch(server), target + "", "another file, md5", "left as it is", "another folder");
      assertEquals(List.of(), server.ranges());
    }
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(target));
    assertFalse(Files.exists(part));
  }

  @Test
  void linksAreNeitherWrittenThroughNorReplaced() throws IOException {
    Path own = Files.write(directory.resolve("own"), new byte[] {1, 2, 3});
    Files.createDirectories(target.getParent());
    Files.createSymbolicLink(part, own);
    try (MirrorServer server = new MirrorServer(content)) {
      assertRefused(() -> fetch(server), "digits.gz.part is no regular file");
      Files.delete(part);
      Files.createSymbolicLink(target, directory.resolve("nowhere"));
      assertRefused(() -> fetch(server), target + "", "found no file", "left as it is");
    }
    assertTrue(Files.isSymbolicLink(target));
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(own));
    // a link to the official file is as good as the file
    Files.delete(target);
    Files.createSymbolicLink(target, directory.resolve("copy"));
    try (MirrorServer server = new MirrorServer(content)) {
      fetch(server);
      assertEquals(List.of(), server.ranges());
    }
  }

  @Test
  void aFileThatIsTooLongIsGivenUp() throws IOException {
    file = new PublishedDataset.RemoteFile("digits.gz", file.md5(), SIZE - 1);
    try (MirrorServer server = new MirrorServer(content)) {
      assertRefused(() -> fetch(server), "more than the 299999 bytes that the file can have");
    }
    assertFalse(Files.exists(target));
    assertFalse(Files.exists(part), "nothing is written of what is known to be too long");
  }

  @Test
  void aFetchIntoADirectoryWaitsForTheOneUnderWay() throws Exception {
    List<String> told = new CopyOnWriteArrayList<>();
    DataFetch.Progress waits =
        new DataFetch.Progress() {
          @Override
          public void at(String name, long bytes, long total) {}

          @Override
          public void waiting(Path to) {
            told.add("waiting for " + to.getFileName());
          }
        };
    Path to = Files.createDirectories(directory.resolve("to"));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (MirrorServer server = new MirrorServer(content)) {
      Future<Path> second;
      try (FetchLock first = FetchLock.take(to, () -> told.add("nobody to wait for"))) {
        second =
            thread.submit(() -> new DataFetch().fetch(file, List.of(server.base()), to, waits));
        while (told.isEmpty() && !second.isDone()) {
          Thread.sleep(5);
        }
        assertFalse(second.isDone());
        assertTrue(first.isHeld());
      }
      assertEquals(target, second.get());
    } finally {
      thread.shutdown();
    }
    assertEquals(List.of("waiting for to"), told);
    assertArrayEquals(content, Files.readAllBytes(target));
  }

  @Test
  void aConnectionThatBreaksIsResumedWhereItStopped() throws IOException {
    try (MirrorServer server = new MirrorServer(content).cutAfter(130_000)) {
      fetch(server);
      assertEquals("none", server.ranges().get(0));
      assertTrue(server.ranges().size() >= 3, () -> server.ranges().toString());
      assertTrue(
          server.ranges().stream().skip(1).allMatch(r -> r.matches("bytes=[1-9]\\d*-")),
          () -> server.ranges().toString());
    }
    assertArrayEquals(content, Files.readAllBytes(target));
  }

  @Test
  void anEarlierPartIsResumed() throws IOException {
    writePart(Arrays.copyOf(content, 1000));
    try (MirrorServer server = new MirrorServer(content)) {
      fetch(server);
      assertEquals(List.of("bytes=1000-"), server.ranges());
    }
    assertArrayEquals(content, Files.readAllBytes(target));
  }

  @Test
  void aPartThatIsAlreadyWholeIsOnlyVerified() throws IOException {
    writePart(content);
    try (MirrorServer server = new MirrorServer(content)) {
      fetch(server);
      assertEquals(List.of("bytes=300000-"), server.ranges());
    }
    assertArrayEquals(content, Files.readAllBytes(target));
  }

  @Test
  void aServerWithoutRangesStartsOver() throws IOException {
    writePart(Arrays.copyOf(content, 1000));
    try (MirrorServer server = new MirrorServer(content).withoutRanges()) {
      fetch(server);
      assertEquals(List.of("bytes=1000-"), server.ranges());
    }
    assertArrayEquals(content, Files.readAllBytes(target));
  }

  @Test
  void aConnectionThatBreaksWithoutProgressIsGivenUp() throws IOException {
    try (MirrorServer server = new MirrorServer(content).withoutRanges().cutAfter(1000)) {
      assertRefused(() -> fetch(server), "digits.gz", "IOException", "Run it again");
    }
    assertEquals(1000, Files.size(part));
  }

  @Test
  void aServerThatFallsSilentIsLeftAndTheDownloadResumed() throws IOException {
    try (MirrorServer server = new MirrorServer(content).silentAfter(130_000)) {
      fetch(impatient(), server);
      assertEquals(List.of("none", "bytes=130000-", "bytes=260000-"), server.ranges());
    }
    assertArrayEquals(content, Files.readAllBytes(target));
  }

  @Test
  void aServerThatIsSilentWithoutProgressIsGivenUp() throws IOException {
    try (MirrorServer server = new MirrorServer(content).withoutRanges().silentAfter(1000)) {
      assertRefused(() -> fetch(impatient(), server), "no byte in 1000 ms", "Run it again");
    }
    assertEquals(1000, Files.size(part));
  }

  @Test
  void aWrongChecksumDeletesThePartAndSaysBoth() throws IOException {
    byte[] other = content.clone();
    other[7]++;
    Path copy = Files.write(directory.resolve("copy"), other);
    try (MirrorServer server = new MirrorServer(other)) {
      assertRefused(
          () -> fetch(server),
          target + ": expected a whole file with md5 " + file.md5(),
          server.base() + "digits.gz: md5 " + Checksum.md5(copy) + " in 300000 bytes (deleted)");
    }
    assertFalse(Files.exists(part));
    assertFalse(Files.exists(target));
  }

  @Test
  void aMirrorThatFailsGivesWayToTheNext() throws IOException {
    try (MirrorServer broken = new MirrorServer(content).withStatus(404);
        MirrorServer whole = new MirrorServer(content)) {
      fetch(broken, whole);
      assertEquals(1, broken.ranges().size());
    }
    assertArrayEquals(content, Files.readAllBytes(target));
  }

  @Test
  void whenAllMirrorsFailEachAnswerIsTold() throws IOException {
    try (MirrorServer missing = new MirrorServer(content).withStatus(404);
        MirrorServer down = new MirrorServer(content).withStatus(503)) {
      assertRefused(
          () -> fetch(missing, down),
          missing.base() + "digits.gz: HTTP status 404; ",
          down.base() + "digits.gz: HTTP status 503");
    }
  }

  @Test
  void aServerThatIsNotThereIsTold() throws IOException {
    MirrorServer gone = new MirrorServer(content);
    gone.close();
    assertRefused(() -> fetch(gone), "ConnectException", "put the file there by hand");
  }

  @Test
  void anotherRangeThanAskedForIsRefused() throws IOException {
    writePart(Arrays.copyOf(content, 1000));
    try (MirrorServer server = new MirrorServer(content).lyingAboutRange("bytes 0-9/300000")) {
      assertRefused(() -> fetch(server), "Content-Range bytes 0-9/300000 for bytes from 1000");
    }
    assertEquals(1000, Files.size(part));
  }

  @Test
  void aPlaceThatCannotBeADirectoryIsTold() throws IOException {
    Files.write(directory.resolve("to"), new byte[1]);
    try (MirrorServer server = new MirrorServer(content)) {
      assertRefused(() -> fetch(server), "digits.gz", "Name a directory that can be written to");
    }
  }

  @Test
  void mirrorsOfADatasetCanBeReplaced() throws IOException {
    try (MirrorServer server = new MirrorServer(content)) {
      DataFetch fetch = new DataFetch(Map.of(PublishedDataset.CIFAR10, List.of(server.base())));
      assertRefused(
          () -> fetch.fetch(PublishedDataset.CIFAR10, directory.resolve("to"), SILENT),
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

  private void fetch(MirrorServer... servers) {
    fetch(new DataFetch(), servers);
  }

  private static DataFetch impatient() {
    return new DataFetch(Map.of(), Duration.ofSeconds(1));
  }

  private void fetch(DataFetch fetch, MirrorServer... servers) {
    List<URI> bases = Arrays.stream(servers).map(MirrorServer::base).toList();
    fetch.fetch(file, bases, directory.resolve("to"), SILENT);
  }

  private void writePart(byte[] bytes) throws IOException {
    Files.createDirectories(part.getParent());
    Files.write(part, bytes);
  }
}
