package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.data.DataException;
import org.sparring.data.FolderSource;
import org.sparring.data.GlyphSource;
import org.sparring.data.ImageSource;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.graph.SessionOptions;
import org.sparring.graph.Variable;
import org.sparring.nets.Dcgan;
import org.sparring.optimizers.Alternating;
import org.sparring.training.StreamedSamples.Batches;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Streamed against resident: the same images in the same order. */
class StreamedSamplesTest {
  /** One grey level of [−1, 1], and what float32 makes of it. */
  private static final float GREY_LEVEL = 2 / 255f + 1e-5f;

  /** JPEGs are decoded by another library: chroma is interpolated otherwise. */
  private static final float JPEG_LEVELS = 8 * 2 / 255f;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void pngsOfAllSizesAndTypesAreWithinOneGreyLevelOfTheResidentOnes(int channels)
      throws IOException {
    writeMixedPngs();
    assertSameAsResident(FolderSource.open(folder, 8, channels), new Batches(3, 1), 0, GREY_LEVEL);
  }

  /** Bit for bit, but for what float32 makes of it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void pngsThatFitAlreadyAreNotTouched(int channels) throws IOException {
    int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    for (int i = 0; i < 5; i++) {
      write("image" + i + ".png", noise(8, 8, type, i));
    }
    assertSameAsResident(FolderSource.open(folder, 8, channels), new Batches(3, 1), 0, 1e-6f);
  }

  @Test
  void jpegsAreWithinAFewGreyLevels() throws IOException {
    for (int i = 0; i < 5; i++) {
      write("a" + i + ".jpg", smooth(20 + i, 24, BufferedImage.TYPE_INT_RGB));
      write("b" + i + ".jpg", smooth(5 + i, 9, BufferedImage.TYPE_BYTE_GRAY));
    }
    assertSameAsResident(FolderSource.open(folder, 8, 3), new Batches(3, 1), 0, JPEG_LEVELS);
  }

  @Test
  void severalBatchesAStepFollowOneAnother() throws IOException {
    writeMixedPngs();
    assertSameAsResident(FolderSource.open(folder, 8, 3), new Batches(2, 3), 0, GREY_LEVEL);
  }

  @Test
  void theStreamStartsWhereTheRunStands() throws IOException {
    writeMixedPngs();
    assertSameAsResident(FolderSource.open(folder, 8, 3), new Batches(2, 3), 100, GREY_LEVEL);
  }

  @Test
  void aRunThatIsResumedSeesWhatOneThatWasNotWouldHaveSeen() throws IOException {
    writeMixedPngs();
    Path middle = folder.resolve("middle");
    String whole = train(7, middle);
    train(4, middle);
    assertEquals(whole, resume(7, middle));
  }

  @Test
  void stepsMadeAtOnceSeeTheSameImages() throws IOException {
    writeMixedPngs();
    Path prefix = folder.resolve("prefix");
    assertEquals(train(7, prefix), train(7, prefix, Pace.of(4)));
  }

  @Test
  void aBrokenFileAmongStepsMadeAtOnceIsNamed() throws IOException {
    writeMixedPngs();
    Files.write(folder.resolve("broken.png"), new byte[] {1, 2, 3});
    ImageSource source = FolderSource.open(folder, 8, 3);
    var e = assertThrows(DataException.class, () -> trainOneEpoch(source, Pace.of(8)));
    assertTrue(e.getMessage().startsWith(folder.resolve("broken.png") + ": "), e.getMessage());
  }

  @Test
  void aStreamThatIsNotWhereTheRunIsFailsTheStep() throws IOException {
    writeMixedPngs();
    try (Streamed streamed = new Streamed(FolderSource.open(folder, 8, 3), new Batches(2, 1))) {
      streamed.samples.load(streamed.graph.session());
      streamed.advance(5);
      var e = assertThrows(RuntimeException.class, () -> streamed.graph.floats(streamed.batches));
      assertTrue(e.getMessage().contains("not where the run is"), e.getMessage());
    }
  }

  @Test
  void aStreamThatWasNotLoadedSaysSo() throws IOException {
    writeMixedPngs();
    TrainingGraph graph = graph(FolderSource.open(folder, 8, 3));
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config())) {
      session.run(graph.initialization());
      TrainingLoop loop = new TrainingLoop(graph, session, 6, List.of());
      var e = assertThrows(TrainingException.class, () -> loop.run(1, Optional::empty));
      assertEquals("the stream was not loaded before the first step", e.getMessage());
    }
  }

  @Test
  void aBrokenFileIsNamed() throws IOException {
    writeMixedPngs();
    Files.write(folder.resolve("broken.png"), new byte[] {1, 2, 3});
    DataException e = failure();
    assertTrue(
        e.getMessage().startsWith(folder.resolve("broken.png") + ": expected a decodable PNG"),
        e.getMessage());
    assertEquals(1, e.getSuppressed().length);
  }

  @Test
  void aFileThatVanishesIsNamed() throws IOException {
    writeMixedPngs();
    ImageSource source = FolderSource.open(folder, 8, 3);
    Files.delete(source.files().orElseThrow().get(2));
    DataException e = assertThrows(DataException.class, () -> trainOneEpoch(source));
    assertTrue(e.getMessage().contains(source.files().orElseThrow().get(2).toString()));
  }

  @Test
  void aSourceWithoutFilesIsRefused() {
    ImageSource glyphs = new GlyphSource(3, 8, 1, 1);
    var e = assertThrows(TrainingException.class, () -> new Streamed(glyphs, new Batches(1, 1)));
    assertTrue(e.getMessage().endsWith("is not made of files to stream"), e.getMessage());
  }

  private DataException failure() {
    return assertThrows(DataException.class, () -> trainOneEpoch(FolderSource.open(folder, 8, 3)));
  }

  private void trainOneEpoch(ImageSource source) {
    trainOneEpoch(source, Pace.of(1));
  }

  private void trainOneEpoch(ImageSource source, Pace pace) {
    TrainingGraph graph = graph(source);
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config())) {
      session.run(graph.initialization());
      graph.samples().load(session);
      new TrainingLoop(graph, session, 6, pace, List.of()).run(source.size(), Optional::empty);
    }
  }

  private String train(long until, Path prefix) {
    return train(until, prefix, Pace.of(1));
  }

  private String train(long until, Path prefix, Pace pace) {
    TrainingGraph graph = graph(FolderSource.open(folder, 8, 3));
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config())) {
      session.run(graph.initialization());
      return run(graph, session, until, prefix, pace);
    }
  }

  private String resume(long until, Path prefix) {
    TrainingGraph graph = graph(FolderSource.open(folder, 8, 3));
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config())) {
      session.restore(prefix.toString());
      return run(graph, session, until, prefix, Pace.of(1));
    }
  }

  private static String run(
      TrainingGraph graph, Session session, long until, Path prefix, Pace pace) {
    graph.samples().load(session);
    new TrainingLoop(graph, session, 6, pace, List.of()).run(until, Optional::empty);
    session.save(prefix.toString());
    return graph.fingerprint().of(session).sha256();
  }

  private static TrainingGraph graph(ImageSource source) {
    Contest sound = TinyRun.contest(TinyRun.NETS, new Alternating(3));
    Contest contest =
        new Contest(
            new Dcgan(8, 3, 2, TinyRun.LATENT),
            sound.latent(),
            sound.loss(),
            sound.regularization(),
            sound.rule(),
            sound.optimizers(),
            0.9f,
            2);
    SampleOrder order = new SampleOrder(new Seeds(1), source.size());
    return TrainingGraph.build(
        contest,
        new Seeds(1),
        (tf, step) -> new StreamedSamples(tf, source, order, new Batches(2, 3), step),
        new TrainingGraph.Views(1, Optional.empty()));
  }

  /** Through two epochs' ends. */
  private static void assertSameAsResident(
      ImageSource source, Batches shown, long startStep, float tolerance) {
    try (Streamed streamed = new Streamed(source, shown)) {
      streamed.advance(startStep);
      streamed.samples.load(streamed.graph.session());
      long steps = 2L * source.size() / shown.imagesPerStep() + 1;
      for (long step = startStep; step < startStep + steps; step++) {
        List<float[]> found = streamed.graph.floats(streamed.batches);
        for (int draw = 0; draw < shown.perStep(); draw++) {
          long position = step * shown.imagesPerStep() + (long) draw * shown.images();
          float[] expected = streamed.resident(position);
          String where = "step " + step + ", draw " + draw;
          assertArrayEquals(expected, found.get(draw), tolerance, where);
        }
        streamed.advance(1);
      }
    }
  }

  /** Batches of one step, beside the source they come from. */
  private static final class Streamed implements AutoCloseable {
    private final ScratchGraph graph = new ScratchGraph();
    private final Ops tf = graph.tf();
    private final ImageSource source;
    private final Batches shown;
    private final SampleOrder order;
    private final Variable<TInt64> step;
    private final StreamedSamples samples;
    private final List<Operand<TFloat32>> batches;
    private final byte[] pixels;

    Streamed(ImageSource source, Batches shown) {
      this.source = source;
      this.shown = shown;
      order = new SampleOrder(new Seeds(4), source.size());
      step = graph.variables().counter(Owner.RUN, "step");
      samples = new StreamedSamples(tf, source, order, shown, step);
      batches = IntStream.range(0, shown.perStep()).mapToObj(this::batch).toList();
      graph.initialize();
      pixels = source.pixels();
    }

    private Operand<TFloat32> batch(int draw) {
      Operand<TInt64> first = tf.math.mul(step.read(tf), tf.constant((long) shown.imagesPerStep()));
      Operand<TInt64> position = tf.math.add(first, tf.constant((long) draw * shown.images()));
      Operand<TFloat32> batch = samples.batch(tf, position);
      var g = source.geometry();
      assertEquals(Shape.of(shown.images(), g.height(), g.width(), g.channels()), batch.shape());
      return batch;
    }

    void advance(long steps) {
      graph.run(step.add(tf, tf.constant(steps)));
    }

    float[] resident(long position) {
      var positions = SampleOrder.positions(tf, tf.constant(position), shown.images());
      long[] chosen = graph.longs(order.indices(tf, positions));
      int each = source.geometry().bytes();
      float[] values = new float[chosen.length * each];
      for (int i = 0; i < values.length; i++) {
        values[i] = (pixels[(int) chosen[i / each] * each + i % each] & 0xff) / 127.5f - 1;
      }
      return values;
    }

    @Override
    public void close() {
      graph.close();
    }
  }

  /** Portrait, landscape, smaller, equal and larger than 8×8; grey, colour, palette and alpha. */
  private void writeMixedPngs() throws IOException {
    int[] types = {
      BufferedImage.TYPE_INT_RGB,
      BufferedImage.TYPE_BYTE_GRAY,
      BufferedImage.TYPE_INT_ARGB,
      BufferedImage.TYPE_BYTE_INDEXED
    };
    int[][] sizes = {{8, 8}, {20, 13}, {5, 7}, {8, 31}, {17, 17}};
    for (int i = 0; i < 11; i++) {
      int[] size = sizes[i % sizes.length];
      write("image" + i + ".png", noise(size[0], size[1], types[i % types.length], i));
    }
  }

  private void write(String name, BufferedImage image) throws IOException {
    String format = name.substring(name.length() - 3);
    assertTrue(ImageIO.write(image, format, folder.resolve(name).toFile()), name);
  }

  private static BufferedImage noise(int height, int width, int type, long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(width, height, type);
    for (int p = 0; p < height * width; p++) {
      // never wholly transparent: the colour below is kept by the one and not by the other
      image.setRGB(p % width, p / width, random.nextInt() | 0x01000000);
    }
    return image;
  }

  private static BufferedImage smooth(int height, int width, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int p = 0; p < height * width; p++) {
      int red = 255 * (p % width) / width;
      int green = 255 * (p / width) / height;
      image.setRGB(p % width, p / width, red << 16 | green << 8 | 128);
    }
    return image;
  }

  @Test
  void thePipelineRefusesBatchesOfNothing() {
    assertEquals(
        "batch must be at least 1, found 0",
        assertThrows(TrainingException.class, () -> new Batches(0, 1)).getMessage());
    assertEquals(
        "a step must take at least 1 batch, found 0",
        assertThrows(TrainingException.class, () -> new Batches(1, 0)).getMessage());
    assertEquals(6, new Batches(2, 3).imagesPerStep());
  }
}
