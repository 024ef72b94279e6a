package org.sparring.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.sparring.natives.NativeLibraries;
import org.sparring.natives.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Constant;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A frozen graph with the node names of the published Inception network, and none of its size: one
 * image is decoded, cast, expanded to a batch, resized to 8×8 by the bilinear op of TensorFlow 1,
 * brought to [−1, 1], convolved, averaged at {@code pool_3}, and classified with biases.
 */
public final class TinyInception {
  /** Numbers at {@code pool_3}. */
  public static final int FEATURES = 5;

  public static final int CLASSES = 4;
  private static final int SIDE = 8;

  private TinyInception() {}

  /** Writes the whole graph. */
  public static Path write(Path file) {
    return write(file, "pool_3");
  }

  /** Writes it with another name where features are. */
  public static Path write(Path file, String pool) {
    NativeLibraries.load(SessionOptions.CPU);
    try (Graph graph = new Graph()) {
      build(Ops.create(graph), pool);
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.write(file, graph.toGraphDef().toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void build(Ops tf, String pool) {
    Operand<TFloat32> cast =
        tf.withName("Cast").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, 3)));
    Operand<TFloat32> batch = tf.withName("ExpandDims").expandDims(cast, tf.constant(0));
    Operand<TFloat32> resized =
        tf.withName("ResizeBilinear")
            .image
            .resizeBilinear(batch, tf.constant(new int[] {SIDE, SIDE}));
    Operand<TFloat32> centred = tf.withName("Sub").math.sub(resized, tf.constant(128f));
    Operand<TFloat32> scaled =
        tf.withName("Mul").math.mul(centred, tf.constant(1 / 128f)); // (1, 8, 8, 3)
    Operand<TFloat32> map =
        tf.nn.relu(
            tf.withName("conv")
                .nn
                .conv2d(scaled, noise(tf, Shape.of(3, 3, 3, FEATURES), 1), strides(1), "SAME"));
    Operand<TFloat32> pooled =
        tf.withName(pool)
            .nn
            .avgPool(
                map,
                List.of(1L, (long) SIDE, (long) SIDE, 1L),
                strides(1),
                "VALID"); // (1, 1, 1, 5)
    // as in the published graph, for one image only
    Operand<TFloat32> flat = tf.reshape(pooled, tf.constant(new int[] {1, FEATURES}));
    Ops softmax = tf.withSubScope("softmax");
    Operand<TFloat32> product =
        softmax
            .withSubScope("logits")
            .withName("MatMul")
            .linalg
            .matMul(flat, noise(tf, Shape.of(FEATURES, CLASSES), 2));
    Operand<TFloat32> logits =
        softmax.withName("logits").nn.biasAdd(product, noise(tf, Shape.of(CLASSES), 3));
    tf.withName("softmax").nn.softmax(logits);
  }

  private static List<Long> strides(long stride) {
    return List.of(1L, stride, stride, 1L);
  }

  static Constant<TFloat32> noise(Ops tf, Shape shape, long seed) {
    return tf.constant(shape, DataBuffers.of(noise(shape, seed), true, false));
  }

  static float[] noise(Shape shape, long seed) {
    Random random = new Random(seed);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
