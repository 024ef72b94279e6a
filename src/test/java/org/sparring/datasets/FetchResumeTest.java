package org.sparring.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.errors.Messages.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that break, mirrors that fail, and downloads that are resumed. */
class FetchResumeTest {
  @TempDir private Path directory;
  private FileToFetch digits;

  @BeforeEach
  void nameTheContent() throws IOException {
    digits = new FileToFetch(directory);
  }

  @Test
  void aConnectionThatBreaksIsResumedWhereItStopped() throws IOException {
    try (MirrorServer server = new MirrorServer(digits.content).cutAfter(130_000)) {
      digits.fetch(server);
      assertEquals("none", server.ranges().get(0));
      assertTrue(server.ranges().size() >= 3, () -> server.ranges().toString());
      assertTrue(
          server.ranges().stream().skip(1).allMatch(r -> r.matches("bytes=[1-9]\\d*-")),
          () -> server.ranges().toString());
    }
    assertArrayEquals(digits.content, Files.readAllBytes(digits.target));
  }

  @Test
  void anEarlierPartIsResumed() throws IOException {
    digits.writePart(Arrays.copyOf(digits.content, 1000));
    try (MirrorServer server = new MirrorServer(digits.content)) {
      digits.fetch(server);
      assertEquals(List.of("bytes=1000-"), server.ranges());
    }
    assertArrayEquals(digits.content, Files.readAllBytes(digits.target));
  }

  @Test
  void aPartThatIsAlreadyWholeIsOnlyVerified() throws IOException {
    digits.writePart(digits.content);
    try (MirrorServer server = new MirrorServer(digits.content)) {
      digits.fetch(server);
      assertEquals(List.of("bytes=300000-"), server.ranges());
    }
    assertArrayEquals(digits.content, Files.readAllBytes(digits.target));
  }

  @Test
  void aServerWithoutRangesStartsOver() throws IOException {
    digits.writePart(Arrays.copyOf(digits.content, 1000));
    try (MirrorServer server = new MirrorServer(digits.content).withoutRanges()) {
      digits.fetch(server);
      assertEquals(List.of("bytes=1000-"), server.ranges());
    }
    assertArrayEquals(digits.content, Files.readAllBytes(digits.target));
  }

  @Test
  void aConnectionThatBreaksWithoutProgressIsGivenUp() throws IOException {
    try (MirrorServer server = new MirrorServer(digits.content).withoutRanges().cutAfter(1000)) {
      assertRefused(() -> digits.fetch(server), "digits.gz", "IOException", "Run it again");
    }
    assertEquals(1000, Files.size(digits.part));
  }

  @Test
  void aServerThatFallsSilentIsLeftAndTheDownloadResumed() throws IOException {
    try (MirrorServer server = new MirrorServer(digits.content).silentAfter(130_000)) {
      digits.fetch(impatient(), server);
      assertEquals(List.of("none", "bytes=130000-", "bytes=260000-"), server.ranges());
    }
    assertArrayEquals(digits.content, Files.readAllBytes(digits.target));
  }

  @Test
  void aServerThatIsSilentWithoutProgressIsGivenUp() throws IOException {
    try (MirrorServer server = new MirrorServer(digits.content).withoutRanges().silentAfter(1000)) {
      assertRefused(() -> digits.fetch(impatient(), server), "no byte in 1000 ms", "Run it again");
    }
    assertEquals(1000, Files.size(digits.part));
  }

  @Test
  void aMirrorThatFailsGivesWayToTheNext() throws IOException {
    try (MirrorServer broken = new MirrorServer(digits.content).withStatus(404);
        MirrorServer whole = new MirrorServer(digits.content)) {
      digits.fetch(broken, whole);
      assertEquals(1, broken.ranges().size());
    }
    assertArrayEquals(digits.content, Files.readAllBytes(digits.target));
  }

  @Test
  void whenAllMirrorsFailTheMessageHasEachAnswer() throws IOException {
    try (MirrorServer missing = new MirrorServer(digits.content).withStatus(404);
        MirrorServer down = new MirrorServer(digits.content).withStatus(503)) {
      assertRefused(
          () -> digits.fetch(missing, down),
          missing.base() + "digits.gz: HTTP status 404; ",
          down.base() + "digits.gz: HTTP status 503");
    }
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws IOException {
    MirrorServer gone = new MirrorServer(digits.content);
    gone.close();
    assertRefused(() -> digits.fetch(gone), "ConnectException", "put the file there by hand");
  }

  @Test
  void anotherRangeThanAskedForIsRefused() throws IOException {
    digits.writePart(Arrays.copyOf(digits.content, 1000));
    try (MirrorServer server =
        new MirrorServer(digits.content).lyingAboutRange("bytes 0-9/300000")) {
      assertRefused(
          () -> digits.fetch(server), "Content-Range bytes 0-9/300000 for bytes from 1000");
    }
    assertEquals(1000, Files.size(digits.part));
  }

  private static DataFetch impatient() {
    return new DataFetch(Map.of(), Duration.ofSeconds(1));
  }
}
