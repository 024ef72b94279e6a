package org.sparring.batches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.data.GlyphSource;
import org.sparring.data.ImageSource;
import org.sparring.errors.DataException;
import org.sparring.folders.FolderSource;
import org.sparring.natives.SessionOptions;
import org.sparring.training.StepsPerCall;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingListener;
import org.sparring.training.TrainingLoop;
import org.tensorflow.Session;

/** Reading ahead: failures are named, threads end, and memory is bounded. */
class ReadAheadTest {
  @TempDir Path folder;

  @Test
  void aBrokenFileAmongStepsMadeAtOnceIsNamed() throws IOException {
    new PictureFolder(folder).writeMixedPngs();
    Files.write(folder.resolve("broken.png"), new byte[] {1, 2, 3});
    ImageSource source = FolderSource.open(folder, 8, 3);
    var e =
        assertThrows(
            DataException.class, () -> StreamedRuns.trainOneEpoch(source, StepsPerCall.of(8)));
    assertTrue(e.getMessage().startsWith(folder.resolve("broken.png") + ": "), e.getMessage());
  }

  @Test
  void aBrokenFileIsNamed() throws IOException {
    new PictureFolder(folder).writeMixedPngs();
    Files.write(folder.resolve("broken.png"), new byte[] {1, 2, 3});
    DataException e = failure();
    assertTrue(
        e.getMessage().startsWith(folder.resolve("broken.png") + ": expected a decodable image"),
        e.getMessage());
    assertEquals(1, e.getSuppressed().length);
  }

  @Test
  void aFileThatVanishesIsNamed() throws IOException {
    new PictureFolder(folder).writeMixedPngs();
    ImageSource source = FolderSource.open(folder, 8, 3);
    Files.delete(source.files().orElseThrow().get(2));
    DataException e =
        assertThrows(
            DataException.class, () -> StreamedRuns.trainOneEpoch(source, StepsPerCall.of(1)));
    assertTrue(e.getMessage().contains(source.files().orElseThrow().get(2).toString()));
  }

  @Test
  void noThreadIsLeftWhenTrainingEndsFailsOrIsStopped() throws IOException {
    new PictureFolder(folder).writeMixedPngs();
    StreamedRuns.trainOneEpoch(FolderSource.open(folder, 8, 3), StepsPerCall.of(1));
    assertEquals(List.of(), StreamedRuns.threads());
    Files.write(folder.resolve("broken.png"), new byte[] {1, 2, 3});
    failure();
    assertEquals(List.of(), StreamedRuns.threads());
    Files.delete(folder.resolve("broken.png"));
    TrainingGraph graph = StreamedRuns.graph(FolderSource.open(folder, 8, 3));
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config());
        Sources samples = graph.samples()) {
      session.run(graph.initialization());
      samples.load(session);
      assertFalse(StreamedRuns.threads().isEmpty());
      new TrainingLoop(graph, session, 6, List.of())
          .run(100, () -> Optional.of(TrainingListener.Ending.INTERRUPTED));
    }
    assertEquals(List.of(), StreamedRuns.threads());
  }

  /** Ending while a slow file is being read does not wait for training to need it. */
  @Test
  void aStreamThatNobodyReadsCanBeClosed() throws Exception {
    Slow source = new Slow();
    TrainingGraph graph = StreamedRuns.graph(source);
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config());
        Sources samples = graph.samples()) {
      session.run(graph.initialization());
      samples.load(session);
      assertTrue(source.asked.await(20, TimeUnit.SECONDS));
    }
    assertEquals(List.of(), StreamedRuns.threads());
  }

  /** Two batches in the queue, one at its door, and two in work, of two images each. */
  @Test
  void readingAheadIsBounded() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    ImageSource source =
        new NotedImages(new GlyphSource(100, 8, 3, 1), index -> reads.incrementAndGet());
    TrainingGraph graph = StreamedRuns.graph(source);
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config());
        Sources samples = graph.samples()) {
      session.run(graph.initialization());
      samples.load(session);
      long end = System.nanoTime() + 60_000_000_000L;
      while (reads.get() < 6 && System.nanoTime() < end) {
        Thread.sleep(10);
      }
      for (int last = -1; last != reads.get(); Thread.sleep(300)) {
        last = reads.get();
      }
      assertTrue(reads.get() >= 6 && reads.get() <= 10, reads + " images read");
    }
  }

  @Test
  void anErrorOfTheReaderIsNotHidden() {
    var planned = new OutOfMemoryError("planned");
    ImageSource source =
        new NotedImages(
            new GlyphSource(10, 8, 3, 1),
            index -> {
              if (index == 3) {
                throw planned;
              }
            });
    var e =
        assertThrows(
            OutOfMemoryError.class, () -> StreamedRuns.trainOneEpoch(source, StepsPerCall.of(1)));
    assertSame(planned, e);
    assertEquals(List.of(), StreamedRuns.threads());
  }

  @Test
  void theExceptionIsTheReadersOwn() {
    var planned = DataException.in("x.png", "an image", "none", "Look.");
    ImageSource source =
        new NotedImages(
            new GlyphSource(10, 8, 3, 1),
            index -> {
              if (index == 3) {
                throw planned;
              }
            });
    for (int pace : new int[] {1, 8}) {
      var e =
          assertThrows(
              DataException.class, () -> StreamedRuns.trainOneEpoch(source, StepsPerCall.of(pace)));
      assertSame(planned, e);
    }
  }

  private DataException failure() {
    return assertThrows(
        DataException.class,
        () -> StreamedRuns.trainOneEpoch(FolderSource.open(folder, 8, 3), StepsPerCall.of(1)));
  }

  /** A source on a disk that does not answer. */
  private static final class Slow extends NotedImages {
    private final CountDownLatch asked;

    Slow() {
      this(new CountDownLatch(1));
    }

    private Slow(CountDownLatch asked) {
      super(
          new GlyphSource(10, 8, 3, 1),
          index -> {
            asked.countDown();
            try {
              Thread.sleep(60_000);
            } catch (InterruptedException e) {
              throw DataException.in("disk", "an answer", "an interruption", "Wait.");
            }
          });
      this.asked = asked;
    }
  }
}
