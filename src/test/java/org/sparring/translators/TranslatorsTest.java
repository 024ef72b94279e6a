package org.sparring.translators;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.errors.NetException;
import org.sparring.graph.Batch;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Gradients;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.nets.Discriminator;
import org.sparring.nets.Generator;
import org.sparring.translators.PatchDiscriminator.Norm;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class TranslatorsTest {
  private static final int SIDE = 16;

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();

  @AfterEach
  void close() {
    graph.close();
  }

  static Stream<Translator> all() {
    return Stream.of(
        new UNet(3, 4, 4, 0.5f),
        new UNet(3, 4, 2, 0),
        new ResNetTranslator(3, 4, 2),
        new SrResNet(3, 4, 2, 2),
        new SrResNet(3, 4, 1, 4),
        new Rrdb(3, 4, 2, 1, 4));
  }

  /** An exported model takes images of any size, a training graph those of one size. */
  @ParameterizedTest
  @MethodSource("all")
  void imagesOfAnySizeGiveWhatThoseOfAKnownSizeGive(Translator translator) {
    Generator net = translator.create(graph.variables());
    float[] pixels = pixels(2 * SIDE * 2 * SIDE * 3);
    Placeholder<TFloat32> known = graph.input(Shape.of(2, SIDE, 2 * SIDE, 3), pixels);
    Operand<TFloat32> any = tf.placeholderWithDefault(known, Shape.of(-1, -1, -1, 3)).output();
    graph.initialize();
    Operand<TFloat32> expected = made(net, known, Pass.inference());
    int scale = translator.form().scale();
    assertEquals(Shape.of(2, scale * SIDE, 2 * scale * SIDE, 3), expected.shape());
    float[] found = graph.floats(made(net, any, Pass.inference()));
    assertArrayEquals(graph.floats(expected), found, 1e-5f);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyWeightHasAGradient(Translator translator) {
    Generator net = translator.create(graph.variables());
    Operand<TFloat32> x =
        tf.constant(Shape.of(2, SIDE, SIDE, 3), DataBuffers.of(pixels(2 * SIDE * SIDE * 3)));
    Weights weights = Weights.read(tf, net.variables());
    Operand<TFloat32> y = net.generate(tf, weights, Batch.of(Translator.IMAGE, x), Pass.training());
    List<Variable<TFloat32>> trained =
        net.variables().stream().filter(Variable::trainable).toList();
    Operand<TFloat32> loss = tf.nn.l2Loss(tf.math.sub(y, tf.constant(0.3f)));
    List<Operand<TFloat32>> gradients = Gradients.of(tf, loss, weights.get(trained));
    graph.initialize();
    List<float[]> found = graph.floats(gradients);
    for (int i = 0; i < found.size(); i++) {
      double sum = 0;
      for (float value : found.get(i)) {
        sum += Math.abs(value);
      }
      assertTrue(sum > 0 && Double.isFinite(sum), trained.get(i).name() + " " + sum);
    }
  }

  /** A pixel further away than the reach changes nothing, and the reach is no larger than it is. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "1, 2", "2, 4"})
  void theReachOfAnEnlargementHolds(int blocks, int scale) {
    Translator translator = new SrResNet(1, 3, blocks, scale);
    Generator net = translator.create(graph.variables());
    int side = 2 * translator.form().reach() + 5;
    float[] pixels = pixels(side * side);
    float[] other = pixels.clone();
    int middle = side / 2;
    other[middle * side + middle] += 1;
    graph.initialize();
    float[] a = row(net, pixels, side, scale, middle);
    float[] b = row(net, other, side, scale, middle);
    for (int x = 0; x < a.length; x++) {
      int distance = Math.abs(x / scale - middle);
      if (distance > translator.form().reach()) {
        assertEquals(a[x], b[x], 0, "pixel " + x + ", reach " + translator.form().reach());
      }
    }
    assertTrue(a[middle * scale] != b[middle * scale]);
  }

  private float[] row(Generator net, float[] pixels, int side, int scale, int y) {
    Operand<TFloat32> x = tf.constant(Shape.of(1, side, side, 1), DataBuffers.of(pixels));
    Operand<TFloat32> all = made(net, x, Pass.training());
    return graph.floats(
        tf.slice(
            all,
            tf.constant(new int[] {0, y * scale, 0, 0}),
            tf.constant(new int[] {1, 1, side * scale, 1})));
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void aPatchDiscriminatorGivesALogitForEachPlace(Norm norm) {
    Discriminator net = new PatchDiscriminator(6, 4, 2, norm).create(graph.variables());
    Operand<TFloat32> x =
        tf.constant(Shape.of(2, SIDE, SIDE, 6), DataBuffers.of(pixels(2 * SIDE * SIDE * 6)));
    graph.initialize();
    Weights weights = Weights.read(tf, net.variables());
    assertEquals(2 * 4 * 4, graph.floats(net.judge(tf, weights, x, Pass.recording())).length);
  }

  /** The fields of pix2pix: 16 with one halving, 34 with two, 70 with three, 286 with five. */
  @ParameterizedTest
  @CsvSource({"1, 16", "2, 34", "3, 70", "5, 286"})
  void fieldsAreThoseOfThePaper(int halvings, int field) {
    assertEquals(field, new PatchDiscriminator(3, 4, halvings, Norm.NONE).field());
  }

  @Test
  void wrongSizesAreRefused() {
    assertEquals(
        "scale must be 1, 2, 4 or 8, found 3",
        assertThrows(NetException.class, () -> new SrResNet(3, 8, 1, 3)).getMessage());
    assertEquals(
        "depth must be 2 to 9, found 1",
        assertThrows(NetException.class, () -> new UNet(3, 8, 1, 0)).getMessage());
  }

  private Operand<TFloat32> made(Generator net, Operand<TFloat32> x, Pass pass) {
    Weights weights = Weights.read(tf, net.variables());
    return net.generate(tf, weights, Batch.of(Translator.IMAGE, x), pass);
  }

  private static float[] pixels(int count) {
    float[] noise = GradientCheck.noise(count, 3);
    for (int i = 0; i < count; i++) {
      noise[i] = (float) Math.tanh(noise[i]);
    }
    return noise;
  }
}
