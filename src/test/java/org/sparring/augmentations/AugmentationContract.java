package org.sparring.augmentations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Gradients;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.replicas.Replica;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** What every augmentation keeps. */
abstract class AugmentationContract {
  final ScratchGraph graph = new ScratchGraph();
  final Ops tf = graph.tf();
  final Dice dice = dice(5);

  abstract Augmentation augmentation();

  /**
   * One image as the paper's code would make it.
   *
   * @param x (height, width, channels)
   * @param number of the image in its batch
   * @return the same shape
   */
  abstract float[] naive(float[] x, int height, int width, int channels, int number);

  /** Share of the chosen images that come out otherwise than they went in. */
  double shareThatShows(int side) {
    return 1;
  }

  @AfterEach
  void close() {
    graph.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 8, 8, 1", "5, 8, 8, 3", "3, 7, 9, 2", "4, 16, 5, 4"})
  void imagesAreThoseOfTheNaiveLoop(int count, int height, int width, int channels) {
    int each = height * width * channels;
    float[] images = GradientCheck.noise(count * each, 3);
    var x = graph.input(Shape.of(count, height, width, channels), images);
    var y = augmentation().apply(tf, x, tf.constant(1f), dice);
    assertEquals(x.shape(), y.shape());
    float[] found = graph.floats(tf.identity(y));
    for (int i = 0; i < count; i++) {
      float[] image = Arrays.copyOfRange(images, i * each, (i + 1) * each);
      float[] expected =
          channels == 1 && !showsOnGrey() ? image : naive(image, height, width, channels, i);
      float[] part = Arrays.copyOfRange(found, i * each, (i + 1) * each);
      assertArrayEquals(expected, part, 1e-5f, "image " + i);
    }
  }

  boolean showsOnGrey() {
    return true;
  }

  @Test
  void atProbabilityZeroEveryBitStays() {
    float[] images = GradientCheck.noise(4 * 8 * 8 * 3, 3);
    var x = graph.input(Shape.of(4, 8, 8, 3), images);
    assertArrayEquals(images, graph.floats(augmentation().apply(tf, x, tf.constant(0f), dice)));
  }

  @Test
  void soManyAreChangedAsTheProbabilitySays() {
    int count = 3000;
    int each = 8 * 8 * 3;
    float[] images = GradientCheck.noise(count * each, 3);
    var x = graph.input(Shape.of(count, 8, 8, 3), images);
    float[] found = graph.floats(augmentation().apply(tf, x, tf.constant(0.3f), dice));
    int changed = 0;
    for (int i = 0; i < count; i++) {
      int from = i * each;
      changed += Arrays.equals(images, from, from + each, found, from, from + each) ? 0 : 1;
    }
    // a share of .3 of 3000 has a deviation of .0084; these are four of them
    assertEquals(0.3 * shareThatShows(8), (double) changed / count, 0.034);
  }

  @Test
  void equalDiceFallAlikeAndOthersDoNot() {
    var x = graph.input(Shape.of(20, 8, 8, 3), GradientCheck.noise(20 * 192, 3));
    float[] first = graph.floats(augmentation().apply(tf, x, tf.constant(1f), dice(5)));
    float[] again = graph.floats(augmentation().apply(tf, x, tf.constant(1f), dice(5)));
    float[] later = graph.floats(augmentation().apply(tf, x, tf.constant(1f), dice(6)));
    assertArrayEquals(first, again);
    assertFalse(Arrays.equals(first, later));
  }

  @Test
  void gradientsAreCentralDifferences() {
    Placeholder<TFloat32> x = graph.input(Shape.of(4, 6, 5, 3), GradientCheck.noise(360, 1));
    GradientCheck.check(graph, augmentation().apply(tf, x, tf.constant(0.7f), dice), List.of(x));
  }

  @Test
  void slopesThroughItCanBeDifferentiatedAgain() {
    // R1 of a critic (Σ w·T(x))² by its weights and at x: what a penalty asks for
    Placeholder<TFloat32> x = graph.input(Shape.of(3, 4, 5, 2), GradientCheck.noise(120, 1));
    Placeholder<TFloat32> w = graph.input(Shape.of(3, 4, 5, 2), GradientCheck.noise(120, 2));
    Operand<TFloat32> seen = augmentation().apply(tf, x, tf.constant(0.7f), dice);
    Operand<TFloat32> y = tf.math.mul(w, tf.math.square(seen));
    Operand<TFloat32> sum = tf.sum(y, tf.constant(new int[] {0, 1, 2, 3}));
    GradientCheck.check(graph, Gradients.of(tf, sum, List.of(x)).get(0), List.of(x, w));
  }

  Dice dice(long step) {
    return new Dice(new Seeds(2), "test", tf.constant(step), Replica.SINGLE);
  }

  /** What fell for an image. */
  float fell(String name, int number) {
    return graph.floats(dice.uniform(tf, name, number + 1L))[number];
  }
}
