package org.sparring.benchmarks.jmh;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.sparring.layers.ImageSide;
import org.sparring.natives.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * One question: is a transposed convolution towards an image faster when the image's 2×2 blocks are
 * folded into channels?
 *
 * <p>Hazards. TensorFlow folds constants and drops ops that are not fetched: inputs are variables,
 * and the result is fetched (on the CPU a fetch copies nothing). One thread, so that processes on
 * other cores disturb less. Before measuring, the results of the two forms are compared.
 *
 * <p>Expect: folded at a third of plain for one and three channels on oneDNN with AVX-512. For 64
 * channels the plain form wins, which is why {@link ImageSide} stops at four.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 8, time = 1)
@Fork(1)
public class ImageSideBenchmark {
  private static final int BATCH = 64;
  private static final int SIDE = 16;
  private static final int MAPS = 64;
  private static final float TOLERANCE = 1e-4f;

  @Param({"1", "3"})
  public int channels;

  /** The device; {@code -p device=gpu:0} selects a GPU. */
  @Param("cpu")
  public String device;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private Session session;
  private Session.Runner plain;
  private Session.Runner folded;

  @Setup(Level.Trial)
  public void open() {
    session = new Session(graph, new SessionOptions(1, 1, device, true).config());
    Operand<TFloat32> x = variable("x", BATCH, SIDE, SIDE, MAPS);
    Operand<TFloat32> kernel = variable("kernel", 4, 4, channels, MAPS);
    var image = tf.constant(new int[] {BATCH, 2 * SIDE, 2 * SIDE, channels});
    var blocks = tf.constant(new int[] {BATCH, SIDE + 1, SIDE + 1, 4 * channels});
    Operand<TFloat32> plainly =
        tf.nn.conv2dBackpropInput(image, kernel, x, List.of(1L, 2L, 2L, 1L), "SAME");
    Operand<TFloat32> foldedly = ImageSide.transposedConvolution(tf, x, kernel, blocks, image);
    plain = session.runner().fetch(plainly);
    folded = session.runner().fetch(foldedly);
    check(tf.math.sub(plainly, foldedly));
  }

  @Benchmark
  public void plain() {
    plain.run().close();
  }

  @Benchmark
  public void folded() {
    folded.run().close();
  }

  @TearDown(Level.Trial)
  public void close() {
    session.close();
    graph.close();
  }

  private Operand<TFloat32> variable(String name, int... shape) {
    Shape of = Shape.of(Arrays.stream(shape).asLongStream().toArray());
    var handle = tf.varHandleOp(TFloat32.class, of, VarHandleOp.sharedName(name));
    var seed = tf.constant(new long[] {name.length(), 1});
    var values = tf.random.statelessRandomNormal(tf.constant(shape), seed);
    session.run(tf.assignVariableOp(handle, tf.math.mul(values, tf.constant(0.1f))));
    return tf.readVariableOp(handle, TFloat32.class);
  }

  private void check(Operand<TFloat32> difference) {
    var axes = tf.constant(new int[] {0, 1, 2, 3});
    try (Result result = session.runner().fetch(tf.max(tf.math.abs(difference), axes)).run()) {
      float largest = ((TFloat32) result.get(0)).getFloat();
      if (!(largest < TOLERANCE)) {
        throw new IllegalStateException("the two forms differ by " + largest);
      }
    }
  }
}
