package org.sparring.listeners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongToDoubleFunction;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.checkpoints.Manifest;
import org.sparring.recipes.EvaluationKeys;
import org.sparring.recipes.EvaluationKeys.ScoreKind;
import org.sparring.runfolders.Recorders;
import org.sparring.runfolders.RunFolder;
import org.sparring.runs.KeptNotes;
import org.sparring.training.TrainingListener.Ending;

/** Steps of 100 images, one score every 200 images; what a score says is the test's. */
class ScoringListenerTest {
  @TempDir private Path root;
  private RunFolder run;
  private CheckpointStore store;
  private final KeptNotes display = new KeptNotes();
  private final List<String> notes = display.lines();
  private Asked asked;

  @BeforeEach
  void folders() {
    run = new RunFolder(root.resolve("run"));
    store = new CheckpointStore(run.checkpoints(), 1);
  }

  /** A scorer that signals each call and waits until it may return. */
  private static final class Asked implements ScoringListener.Scorer {
    private final LongToDoubleFunction scores;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayAnswer;
    private volatile boolean cancelled;
    private volatile boolean closed;

    Asked(LongToDoubleFunction scores, boolean waits) {
      this.scores = scores;
      mayAnswer = new CountDownLatch(waits ? 1 : 0);
    }

    @Override
    public double score(Checkpoint checkpoint) {
      begun.countDown();
      try {
        assertTrue(mayAnswer.await(60, TimeUnit.SECONDS));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      assertFalse(closed, "closed while in use");
      return scores.applyAsDouble(checkpoint.manifest().step());
    }

    @Override
    public void cancel() {
      cancelled = true;
      mayAnswer.countDown();
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void trainingGoesOnWhileASlowScoreIsComputed() throws Exception {
    asked = new Asked(step -> 7, true);
    try (Recorders recorders = new Recorders(run, Optional.empty(), line -> {})) {
      ScoringListener listener = listener(recorders, false);
      steps(listener, 1, 2);
      assertTrue(asked.begun.await(60, TimeUnit.SECONDS));
      // the score of step 2 is still being computed: none of these waits for it
      steps(listener, 3, 7);
      assertEquals(
          List.of(
              "step 4 is not scored: the score of step 2 is not known yet",
              "step 6 is not scored: the score of step 2 is not known yet"),
          notes);
      asked.mayAnswer.countDown();
      listener.ended(7, Ending.COMPLETED, () -> checkpoint(7));
    }
    assertTrue(notes.contains("step 2: fid 7.0, the best so far"), notes.toString());
    assertEquals("step 7: fid 7.0", notes.get(notes.size() - 1), "the last steps are scored too");
    assertEquals(7.0, CheckpointStore.read(folder(2)).manifest().score());
    assertTrue(Files.readString(run.metrics()).contains("\"step\":2,\"kimg\":0.2,"));
    assertTrue(asked.closed);
  }

  @Test
  void whereTrainingWaitsEveryScoreIsLoggedAndTheBestIsTheLowest() {
    asked = new Asked(step -> Math.abs(step - 5) + 1, false);
    try (Recorders recorders = new Recorders(run, Optional.empty(), line -> {})) {
      ScoringListener listener = listener(recorders, true);
      steps(listener, 1, 8);
      listener.ended(8, Ending.COMPLETED, () -> checkpoint(8));
    }
    assertEquals(
        List.of(
            "step 2: fid 4.0, the best so far",
            "step 4: fid 2.0, the best so far",
            "step 6: fid 2.0",
            "step 8: fid 4.0"),
        notes);
    assertEquals(4, store.best().orElseThrow().manifest().step());
  }

  @Test
  void aScoreThatFailsIsReportedAndTheRunContinues() throws Exception {
    asked =
        new Asked(
            step -> {
              throw new IllegalStateException("no memory\nmore");
            },
            false);
    try (Recorders recorders = new Recorders(run, Optional.empty(), line -> {})) {
      ScoringListener listener = listener(recorders, true);
      steps(listener, 1, 3);
      listener.ended(3, Ending.INTERRUPTED, () -> checkpoint(3));
    }
    assertEquals(List.of("step 2 was not scored: no memory"), notes);
    assertTrue(Files.readString(run.metrics()).contains("\"event\":\"not scored\""));
    assertTrue(store.best().isEmpty());
  }

  /** Its checkpoint cannot be written any more. */
  @Test
  void aScoreThatCannotBeWrittenIsReportedAndTheRunContinues() throws Exception {
    asked =
        new Asked(
            step -> {
              FileUtils.deleteQuietly(run.checkpoints().toFile());
              return 1.0;
            },
            false);
    try (Recorders recorders = new Recorders(run, Optional.empty(), line -> {})) {
      ScoringListener listener = listener(recorders, true);
      steps(listener, 1, 3);
      listener.ended(3, Ending.INTERRUPTED, () -> checkpoint(3));
    }
    assertTrue(notes.get(0).startsWith("step 2 was not scored: cannot write"), notes.toString());
  }

  @Test
  void anInterruptedRunCancelsItsScore() throws Exception {
    asked = new Asked(step -> 1, true);
    try (Recorders recorders = new Recorders(run, Optional.empty(), line -> {})) {
      ScoringListener listener = listener(recorders, false);
      steps(listener, 1, 3);
      assertTrue(asked.begun.await(60, TimeUnit.SECONDS));
      listener.ended(3, Ending.INTERRUPTED, () -> checkpoint(3));
    }
    assertTrue(asked.cancelled && asked.closed);
  }

  /** A score is due once in 200 images, wherever a run goes on. */
  @Test
  void aRunThatGoesOnKeepsTheRhythm() {
    asked = new Asked(step -> step, false);
    try (Recorders recorders = new Recorders(run, Optional.empty(), line -> {})) {
      ScoringListener listener = listener(recorders, true);
      steps(listener, 6, 9);
      listener.ended(9, Ending.INTERRUPTED, () -> checkpoint(9));
    }
    assertEquals(List.of("step 6: fid 6.0, the best so far", "step 8: fid 8.0"), notes);
  }

  private ScoringListener listener(Recorders recorders, boolean waits) {
    return new ScoringListener(
        new EvaluationKeys("digits", 0.2, 200, ScoreKind.FID, waits),
        asked,
        store,
        null,
        new ScoringListener.Output(recorders, display));
  }

  private void steps(ScoringListener listener, long from, long to) {
    for (long step = from; step <= to; step++) {
      long now = step;
      listener.at(step, 100, () -> checkpoint(now));
    }
  }

  private Path folder(long step) {
    return run.checkpoints().resolve(String.format(Locale.ROOT, "step-%08d", step));
  }

  /** A checkpoint that holds nothing. */
  private Checkpoint checkpoint(long step) {
    try {
      Path folder = Files.createDirectories(folder(step));
      Manifest manifest = Manifest.of(step, step / 10.0, 1, "w", "d", null);
      new ObjectMapper().writeValue(folder.resolve("manifest.json").toFile(), manifest);
      return CheckpointStore.read(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
