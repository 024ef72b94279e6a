package org.sparring.batches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.data.Dataset;
import org.sparring.data.GlyphSource;
import org.sparring.errors.TrainingException;
import org.sparring.folders.FolderSource;
import org.sparring.graph.Batch;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/** Streamed minibatches hold the samples of the data set in the order of the run. */
class StreamedSamplesTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void imagesOfAllSizesAndTypesAreStreamed(int channels) throws IOException {
    PictureFolder pictures = new PictureFolder(folder);
    pictures.writeMixedPngs();
    for (int i = 0; i < 5; i++) {
      pictures.write(
          "a" + i + ".jpg", PictureFolder.smooth(20 + i, 24, BufferedImage.TYPE_INT_RGB));
      pictures.write(
          "b" + i + ".jpg", PictureFolder.smooth(5 + i, 9, BufferedImage.TYPE_BYTE_GRAY));
    }
    assertInOrder(FolderSource.open(folder, 8, channels), 3, 1, 0);
  }

  @Test
  void severalBatchesAStepFollowOneAnother() throws IOException {
    new PictureFolder(folder).writeMixedPngs();
    assertInOrder(FolderSource.open(folder, 8, 3), 2, 3, 0);
  }

  @Test
  void theStreamStartsAtTheStepOfTheRun() throws IOException {
    new PictureFolder(folder).writeMixedPngs();
    assertInOrder(FolderSource.open(folder, 8, 3), 2, 3, 100);
  }

  @Test
  void computedImagesAndTheirLabelsAreStreamed() {
    assertInOrder(new GlyphSource(7, 8, 1, 1), 2, 2, 0);
  }

  @Test
  void everyEncodingIsStreamed() {
    assertInOrder(MixedFields.dataset(), 2, 2, 3);
  }

  @Test
  void aStreamThatIsNotAtTheStepOfTheRunFailsTheStep() throws IOException {
    new PictureFolder(folder).writeMixedPngs();
    try (Streamed streamed = new Streamed(FolderSource.open(folder, 8, 3), 2, 1)) {
      streamed.samples.load(streamed.graph.session());
      streamed.advance(5);
      var e =
          assertThrows(
              RuntimeException.class,
              () -> streamed.graph.floats(streamed.batches.get(0).floats("image")));
      assertTrue(e.getMessage().contains("not where the run is"), e.getMessage());
    }
  }

  @Test
  void emptyBatchesAreRefused() {
    GlyphSource source = new GlyphSource(7, 8, 1, 1);
    SampleOrder order = new SampleOrder(new Seeds(4), 7);
    assertEquals(
        "batch must be at least 1, found 0",
        assertThrows(TrainingException.class, () -> SampleReading.of(source, order, 0))
            .getMessage());
    assertEquals(
        "a step must take at least 1 batch, found 0",
        assertThrows(TrainingException.class, () -> new Streamed(source, 1, 0).close())
            .getMessage());
  }

  /** Through the ends of two epochs. */
  private static void assertInOrder(Dataset source, int batch, int perStep, long startStep) {
    try (Streamed streamed = new Streamed(source, batch, perStep)) {
      streamed.advance(startStep);
      streamed.samples.load(streamed.graph.session());
      long steps = 2L * source.size() / (batch * perStep) + 1;
      for (long step = startStep; step < startStep + steps; step++) {
        streamed.assertShown(step);
        streamed.advance(1);
      }
    }
  }

  /** The minibatches of one step, beside the data set that they come from. */
  private static final class Streamed implements AutoCloseable {
    private final ScratchGraph graph = new ScratchGraph();
    private final Ops tf = graph.tf();
    private final Dataset source;
    private final int batch;
    private final int perStep;
    private final SampleOrder order;
    private final Variable<TInt64> step;
    private final StreamedSamples samples;
    private final List<Batch> batches;

    Streamed(Dataset source, int batch, int perStep) {
      this.source = source;
      this.batch = batch;
      this.perStep = perStep;
      order = new SampleOrder(new Seeds(4), source.size());
      step = graph.variables().counter(Owner.RUN, "step");
      samples = new StreamedSamples(tf, SampleReading.of(source, order, batch), perStep, step);
      batches = IntStream.range(0, perStep).mapToObj(this::batch).toList();
      graph.initialize();
    }

    private Batch batch(int draw) {
      long each = (long) perStep * batch;
      Operand<TInt64> first = tf.math.mul(step.read(tf), tf.constant(each));
      return samples.batch(tf, tf.math.add(first, tf.constant((long) draw * batch)));
    }

    void advance(long steps) {
      graph.run(step.add(tf, tf.constant(steps)));
    }

    void assertShown(long at) {
      List<MixedFields.Shown> found = MixedFields.shown(graph, batches);
      for (int draw = 0; draw < perStep; draw++) {
        long position = (at * perStep + draw) * batch;
        var positions = SampleOrder.positions(tf, tf.constant(position), batch);
        long[] chosen = graph.longs(order.indices(tf, positions));
        found.get(draw).assertSamples(source, chosen, "step " + at + ", draw " + draw);
      }
    }

    @Override
    public void close() {
      samples.close();
      graph.close();
    }
  }
}
