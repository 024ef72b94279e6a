package org.sparring.batches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.batches.StreamedSamples.Batches;
import org.sparring.data.ForwardingImages;
import org.sparring.data.GlyphSource;
import org.sparring.data.ImageSource;
import org.sparring.errors.DataException;
import org.sparring.errors.TrainingException;
import org.sparring.folders.FolderSource;
import org.sparring.games.Alternating;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.Dcgan;
import org.sparring.regularizers.R1;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.Regularization;
import org.sparring.training.StepsPerCall;
import org.sparring.training.TinyRun;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingListener;
import org.sparring.training.TrainingLoop;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Streamed against resident: the same images in the same order. */
class StreamedSamplesTest {
  private static final String THREADS = "sparring-data-";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void imagesOfAllSizesAndTypesAreTheResidentOnes(int channels) throws IOException {
    writeMixedPngs();
    for (int i = 0; i < 5; i++) {
      write("a" + i + ".jpg", smooth(20 + i, 24, BufferedImage.TYPE_INT_RGB));
      write("b" + i + ".jpg", smooth(5 + i, 9, BufferedImage.TYPE_BYTE_GRAY));
    }
    assertSameAsResident(FolderSource.open(folder, 8, channels), new Batches(3, 1), 0);
  }

  @Test
  void severalBatchesAStepFollowOneAnother() throws IOException {
    writeMixedPngs();
    assertSameAsResident(FolderSource.open(folder, 8, 3), new Batches(2, 3), 0);
  }

  @Test
  void theStreamStartsWhereTheRunStands() throws IOException {
    writeMixedPngs();
    assertSameAsResident(FolderSource.open(folder, 8, 3), new Batches(2, 3), 100);
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
    assertEquals(train(7, prefix), train(7, prefix, StepsPerCall.of(4)));
  }

  @Test
  void aBrokenFileAmongStepsMadeAtOnceIsNamed() throws IOException {
    writeMixedPngs();
    Files.write(folder.resolve("broken.png"), new byte[] {1, 2, 3});
    ImageSource source = FolderSource.open(folder, 8, 3);
    var e = assertThrows(DataException.class, () -> trainOneEpoch(source, StepsPerCall.of(8)));
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
        e.getMessage().startsWith(folder.resolve("broken.png") + ": expected a decodable image"),
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

  /** No source needs files of its own: this one is computed. */
  @Test
  void anySourceCanBeStreamed() {
    assertSameAsResident(new GlyphSource(7, 8, 1, 1), new Batches(2, 2), 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aStreamedRunHasTheWeightsOfAResidentOne(int pace) throws IOException {
    writeMixedPngs();
    ImageSource source = FolderSource.open(folder, 8, 3);
    for (GameSetup contest : List.of(contest(), lazy())) {
      String resident =
          weights(
              graph(
                  contest,
                  source,
                  (tf, step) -> new ResidentSamples(tf, source, order(source), contest.batch())),
              7,
              StepsPerCall.of(1));
      assertEquals(resident, weights(graph(contest, source), 7, StepsPerCall.of(pace)));
    }
  }

  @Test
  void noThreadIsLeftWhenTrainingEndsFailsOrIsStopped() throws IOException {
    writeMixedPngs();
    train(3, folder.resolve("prefix"));
    assertEquals(List.of(), threads());
    Files.write(folder.resolve("broken.png"), new byte[] {1, 2, 3});
    failure();
    assertEquals(List.of(), threads());
    Files.delete(folder.resolve("broken.png"));
    TrainingGraph graph = graph(FolderSource.open(folder, 8, 3));
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config());
        RealSamples samples = graph.samples()) {
      session.run(graph.initialization());
      samples.load(session);
      assertFalse(threads().isEmpty());
      new TrainingLoop(graph, session, 6, List.of())
          .run(100, () -> Optional.of(TrainingListener.Ending.INTERRUPTED));
    }
    assertEquals(List.of(), threads());
  }

  /** Ending while a slow file is being read does not wait for training to need it. */
  @Test
  void aStreamThatNobodyReadsCanBeClosed() throws Exception {
    Slow source = new Slow();
    TrainingGraph graph = graph(source);
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config());
        RealSamples samples = graph.samples()) {
      session.run(graph.initialization());
      samples.load(session);
      assertTrue(source.asked.await(20, TimeUnit.SECONDS));
    }
    assertEquals(List.of(), threads());
  }

  /** Two batches in the queue, one at its door, and two in work, of two images each. */
  @Test
  void readingAheadIsBounded() throws Exception {
    AtomicInteger reads = new AtomicInteger();
    ImageSource source = new Noted(new GlyphSource(100, 8, 3, 1), index -> reads.incrementAndGet());
    TrainingGraph graph = graph(source);
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config());
        RealSamples samples = graph.samples()) {
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
        new Noted(
            new GlyphSource(10, 8, 3, 1),
            index -> {
              if (index == 3) {
                throw planned;
              }
            });
    var e = assertThrows(OutOfMemoryError.class, () -> trainOneEpoch(source, StepsPerCall.of(1)));
    assertSame(planned, e);
    assertEquals(List.of(), threads());
  }

  @Test
  void theExceptionIsTheReadersOwn() {
    var planned = DataException.in("x.png", "an image", "none", "Look.");
    ImageSource source =
        new Noted(
            new GlyphSource(10, 8, 3, 1),
            index -> {
              if (index == 3) {
                throw planned;
              }
            });
    for (int pace : new int[] {1, 8}) {
      var e = assertThrows(DataException.class, () -> trainOneEpoch(source, StepsPerCall.of(pace)));
      assertSame(planned, e);
    }
  }

  /** A read that is pinned to another device than its variable's does not find it there. */
  @Test
  void noReadIsPinnedElsewhereThanItsVariable() {
    TrainingGraph graph = graph(new GlyphSource(10, 8, 3, 1));
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

  private DataException failure() {
    return assertThrows(DataException.class, () -> trainOneEpoch(FolderSource.open(folder, 8, 3)));
  }

  private void trainOneEpoch(ImageSource source) {
    trainOneEpoch(source, StepsPerCall.of(1));
  }

  private void trainOneEpoch(ImageSource source, StepsPerCall pace) {
    weights(graph(source), source.size(), pace);
  }

  private static String weights(TrainingGraph graph, long until, StepsPerCall pace) {
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config());
        RealSamples samples = graph.samples()) {
      session.run(graph.initialization());
      samples.load(session);
      new TrainingLoop(graph, session, 6, pace, List.of()).run(until, Optional::empty);
      return graph.fingerprint().of(session).sha256();
    }
  }

  private String train(long until, Path prefix) {
    return train(until, prefix, StepsPerCall.of(1));
  }

  private String train(long until, Path prefix, StepsPerCall pace) {
    TrainingGraph graph = graph(FolderSource.open(folder, 8, 3));
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config());
        RealSamples samples = graph.samples()) {
      session.run(graph.initialization());
      return run(graph, samples, session, until, prefix, pace);
    }
  }

  private String resume(long until, Path prefix) {
    TrainingGraph graph = graph(FolderSource.open(folder, 8, 3));
    try (var whole = graph.graph();
        Session session = new Session(whole, SessionOptions.CPU.config());
        RealSamples samples = graph.samples()) {
      session.restore(prefix.toString());
      return run(graph, samples, session, until, prefix, StepsPerCall.of(1));
    }
  }

  private static String run(
      TrainingGraph graph,
      RealSamples samples,
      Session session,
      long until,
      Path prefix,
      StepsPerCall pace) {
    samples.load(session);
    new TrainingLoop(graph, session, 6, pace, List.of()).run(until, Optional::empty);
    session.save(prefix.toString());
    return graph.fingerprint().of(session).sha256();
  }

  private static GameSetup contest() {
    return contest(Regularization.NONE);
  }

  /** The penalty is due in every second step, so that the step has two forms. */
  private static GameSetup lazy() {
    return contest(new Regularization(Optional.of(new R1(10)), 2, Optional.empty()));
  }

  private static GameSetup contest(Regularization regularization) {
    GameSetup sound = TinyRun.contest(TinyRun.NETS, new Alternating(3));
    return new GameSetup(
        new Dcgan(8, 3, 2, TinyRun.LATENT),
        sound.latent(),
        sound.loss(),
        regularization,
        sound.rule(),
        sound.optimizers(),
        0.9f,
        2);
  }

  private static SampleOrder order(ImageSource source) {
    return new SampleOrder(new Seeds(1), source.size());
  }

  private static TrainingGraph graph(ImageSource source) {
    return graph(contest(), source);
  }

  private static TrainingGraph graph(GameSetup contest, ImageSource source) {
    return graph(
        contest,
        source,
        (tf, step) -> new StreamedSamples(tf, source, order(source), new Batches(2, 3), step));
  }

  private static TrainingGraph graph(
      GameSetup contest, ImageSource source, TrainingGraph.SamplesMaker samples) {
    return TrainingGraph.build(
        contest, new Seeds(1), samples, new TrainingGraph.Views(1, Optional.empty()));
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith(THREADS))
        .toList();
  }

  /** A source that says which image it is asked for. */
  private static class Noted extends ForwardingImages {
    private final IntConsumer noted;

    Noted(ImageSource source, IntConsumer noted) {
      super(source);
      this.noted = noted;
    }

    @Override
    public void read(int index, byte[] into, int offset) {
      noted.accept(index);
      super.read(index, into, offset);
    }
  }

  /** A source on a disk that does not answer. */
  private static final class Slow extends Noted {
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

  /** Through two epochs' ends. */
  private static void assertSameAsResident(ImageSource source, Batches shown, long startStep) {
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
          assertArrayEquals(expected, found.get(draw), where);
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
        values[i] = (pixels[(int) chosen[i / each] * each + i % each] & 0xff) * (2f / 255f) - 1;
      }
      return values;
    }

    @Override
    public void close() {
      samples.close();
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
