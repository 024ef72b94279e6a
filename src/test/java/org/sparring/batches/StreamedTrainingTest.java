package org.sparring.batches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.data.GlyphSource;
import org.sparring.data.ImageSource;
import org.sparring.errors.TrainingException;
import org.sparring.folders.FolderSource;
import org.sparring.natives.SessionOptions;
import org.sparring.tasks.GameSetup;
import org.sparring.training.StepsPerCall;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingLoop;
import org.tensorflow.GraphOperation;
import org.tensorflow.Session;

/** Training on streamed images: equal to training on resident ones, resumed or not. */
class StreamedTrainingTest {
  @TempDir Path folder;

  @Test
  void aRunThatIsResumedSeesWhatOneThatWasNotWouldHaveSeen() throws IOException {
    new PictureFolder(folder).writeMixedPngs();
    Path middle = folder.resolve("middle");
    String whole = train(7, middle);
    train(4, middle);
    assertEquals(whole, resume(7, middle));
  }

  @Test
  void stepsMadeAtOnceSeeTheSameImages() throws IOException {
    new PictureFolder(folder).writeMixedPngs();
    Path prefix = folder.resolve("prefix");
    assertEquals(train(7, prefix), train(7, prefix, StepsPerCall.of(4)));
  }

  @Test
  void aStreamThatWasNotLoadedSaysSo() throws IOException {
    new PictureFolder(folder).writeMixedPngs();
    TrainingGraph graph = StreamedRuns.graph(FolderSource.open(folder, 8, 3));
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config())) {
      session.run(graph.initialization());
      TrainingLoop loop = new TrainingLoop(graph, session, 6, List.of());
      var e = assertThrows(TrainingException.class, () -> loop.run(1, Optional::empty));
      assertEquals("the stream was not loaded before the first step", e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aStreamedRunHasTheWeightsOfAResidentOne(int pace) throws IOException {
    new PictureFolder(folder).writeMixedPngs();
    ImageSource source = FolderSource.open(folder, 8, 3);
    for (GameSetup contest : List.of(StreamedRuns.contest(), StreamedRuns.lazy())) {
      String resident =
          StreamedRuns.weights(
              StreamedRuns.graph(
                  contest,
                  source,
                  (tf, step) -> new ResidentSamples(tf, StreamedRuns.reading(source))),
              7,
              StepsPerCall.of(1));
      assertEquals(
          resident,
          StreamedRuns.weights(StreamedRuns.graph(contest, source), 7, StepsPerCall.of(pace)));
    }
  }

  /** A read that is pinned to another device than its variable's does not find it there. */
  @Test
  void noReadIsPinnedElsewhereThanItsVariable() {
    TrainingGraph graph = StreamedRuns.graph(new GlyphSource(10, 8, 3, 1));
    try (var whole = graph.graph()) {
      int reads = 0;
      for (var ops = whole.operations(); ops.hasNext(); ) {
        GraphOperation op = ops.next();
        if (op.type().equals("ReadVariableOp")) {
          reads++;
          String read = device(op);
          String variable = device((GraphOperation) op.input(0).op());
          assertTrue(read.isEmpty() || read.equals(variable), op.name() + " on " + read);
        }
      }
      assertTrue(reads > 10, "reads: " + reads);
    }
  }

  private static String device(GraphOperation op) {
    return op.device() == null ? "" : op.device();
  }

  private String train(long until, Path prefix) {
    return train(until, prefix, StepsPerCall.of(1));
  }

  private String train(long until, Path prefix, StepsPerCall pace) {
    TrainingGraph graph = StreamedRuns.graph(FolderSource.open(folder, 8, 3));
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config());
        Sources samples = graph.samples()) {
      session.run(graph.initialization());
      return StreamedRuns.run(graph, samples, session, until, prefix, pace);
    }
  }

  private String resume(long until, Path prefix) {
    TrainingGraph graph = StreamedRuns.graph(FolderSource.open(folder, 8, 3));
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config());
        Sources samples = graph.samples()) {
      session.restore(prefix.toString());
      return StreamedRuns.run(graph, samples, session, until, prefix, StepsPerCall.of(1));
    }
  }
}
