package org.sparring.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.errors.SparringException;
import org.sparring.graph.Gradients;
import org.sparring.graph.ScratchGraph;
import org.sparring.natives.SessionOptions;
import org.sparring.pictures.ImageGeometry;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Trained networks as part of another graph. */
class FrozenNetworkTest {
  private static final String KEY = "perceptual.features";

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void theCopyOfAClassifierComputesItsFeatures() {
    int side = 28;
    float[] pixels = noise(2 * side * side);
    float[] expected;
    try (FeatureNetwork network = FeatureNetworks.open("digits", SessionOptions.CPU)) {
      expected = network.see(pixels, 2, new ImageGeometry(side, side, 1)).features();
    }
    var images = graph.input(Shape.of(2, side, side, 1), pixels);
    float[] found = graph.floats(FeatureNetworks.frozen("digits", KEY).features(tf, images));
    assertArrayEquals(expected, found, 1e-4f);
  }

  /** Branches that are joined, as lists of inputs, and an op with several outputs. */
  @Test
  void theCopyOfAFrozenGraphComputesItsFeatures() throws IOException {
    String spec = "graph:" + branches() + "#input=images,output=joined,side=8";
    float[] pixels = noise(2 * 8 * 8 * 3);
    float[] expected;
    try (FeatureNetwork network = FeatureNetworks.open(spec, SessionOptions.CPU)) {
      expected = network.see(pixels, 2, new ImageGeometry(8, 8, 3)).features();
    }
    var images = graph.input(Shape.of(2, 8, 8, 3), pixels);
    assertArrayEquals(
        expected, graph.floats(FeatureNetworks.frozen(spec, KEY).features(tf, images)));
  }

  @ParameterizedTest
  @CsvSource({"3, -1:1, 0", "1, 0:255, 0", "3, 0:1, 6", "1, -1:1, 12"})
  void gradientsAreCentralDifferences(int channels, String range, int side) throws IOException {
    String spec =
        "graph:"
            + branches()
            + "#input=images,output=joined,range="
            + range
            + (side == 0 ? "" : ",side=" + side);
    var images = graph.input(Shape.of(1, 8, 8, channels), noise(8 * 8 * channels));
    Operand<TFloat32> features = FeatureNetworks.frozen(spec, KEY).features(tf, images);
    Operand<TFloat32> loss = tf.reduceSum(tf.math.square(features), tf.array(0, 1, 2, 3));
    float[] gradient = graph.floats(Gradients.of(tf, loss, List.of(images)).get(0));
    float[] pixels = graph.values(images);
    float step = 1e-2f;
    for (int i = 0; i < pixels.length; i += 11) {
      float at = pixels[i];
      pixels[i] = at + step;
      float above = graph.floats(loss)[0];
      pixels[i] = at - step;
      float below = graph.floats(loss)[0];
      pixels[i] = at;
      float slope = (above - below) / (2 * step);
      assertEquals(
          slope, gradient[i], 1e-2 * (Math.abs(slope) + Math.abs(above) * 1e-2), "pixel " + i);
    }
  }

  @Test
  void weightsAreCopiedOnce() throws IOException {
    FrozenNetwork network =
        FeatureNetworks.frozen("graph:" + branches() + "#input=images,output=joined", KEY);
    network.features(tf, graph.input(Shape.of(1, 8, 8, 3), noise(192)));
    int once = kernels();
    network.features(tf, graph.input(Shape.of(2, 8, 8, 3), noise(384)));
    assertTrue(once > 0);
    assertEquals(once, kernels());
  }

  private int kernels() {
    int kernels = 0;
    for (var i = ((Graph) tf.scope().env()).operations(); i.hasNext(); ) {
      GraphOperation op = i.next();
      boolean isKernel = op.type().equals("Const") && op.output(0).shape().numDimensions() == 4;
      kernels += isKernel ? 1 : 0;
    }
    return kernels;
  }

  @Test
  void whatCannotBeComparedByIsRefused() throws IOException {
    Path file = branches();
    String spec = "graph:" + file + "#input=images,output=joined";
    var gray = graph.input(Shape.of(1, 8, 8, 2), noise(128));
    assertEquals(
        "the network " + spec + ": expected images of 3 channels, found 2",
        message(() -> FeatureNetworks.frozen(spec, KEY).features(tf, gray)));
    assertTrue(
        message(() -> FeatureNetworks.frozen("graph:" + file + "#input=image,output=joined", KEY))
            .contains("the nearest are images"));
    assertTrue(
        message(() -> FeatureNetworks.frozen("vgg", KEY))
            .startsWith("perceptual.features: expected digits, fashion or graph:…, found vgg"));
    var tiny = graph.input(Shape.of(1, 1, 1, 3), noise(3));
    assertTrue(
        message(() -> FeatureNetworks.frozen(spec, KEY).features(tf, tiny))
            .startsWith("the network " + spec + " does not accept [1, 1, 1, 3]: "));
  }

  private static String message(Executable refused) {
    return assertThrows(SparringException.class, refused).getMessage();
  }

  /** A smooth network, so that differences are exact enough. */
  private Path branches() throws IOException {
    try (Graph source = new Graph()) {
      Ops ops = Ops.create(source);
      var images =
          ops.withName("images")
              .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
      var scaled = ops.math.mul(images, ops.constant(0.01f));
      Operand<TFloat32> first = filtered(ops, scaled, 3, 1);
      Operand<TFloat32> second = ops.math.tanh(filtered(ops, scaled, 1, 2));
      Operand<TFloat32> both = ops.concat(List.of(first, second), ops.constant(3));
      var halves = ops.split(ops.constant(3), both, 2L);
      Operand<TFloat32> sum = ops.math.add(halves.output().get(1), halves.output().get(0));
      ops.withName("joined")
          .nn
          .avgPool(sum, List.of(1L, 2L, 2L, 1L), List.of(1L, 2L, 2L, 1L), "VALID");
      return Files.write(folder.resolve("branches.pb"), source.toGraphDef().toByteArray());
    }
  }

  private static Operand<TFloat32> filtered(Ops tf, Operand<TFloat32> x, int field, int seed) {
    var kernel = TinyInception.noise(tf, Shape.of(field, field, 3, 4), seed);
    return tf.nn.conv2d(x, kernel, List.of(1L, 1L, 1L, 1L), "SAME");
  }

  private static float[] noise(int count) {
    Random random = new Random(5);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }
}
