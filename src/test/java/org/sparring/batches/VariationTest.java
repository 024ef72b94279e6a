package org.sparring.batches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.errors.TrainingException;
import org.sparring.graph.Batch;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.replicas.Replica;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Crops and turns of pairs of images whose pixels name their places. */
class VariationTest {
  private static final int COUNT = 120;
  private static final int SIDE = 5;
  private static final int PIXELS = SIDE * SIDE;

  /** The image b is the image a plus this. */
  private static final float APART = 1000;

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();

  @AfterEach
  void close() {
    graph.close();
  }

  static List<Variation> variations() {
    return List.of(new Variation.Mirror(), new Variation.Turn(), new Variation.Crop(3));
  }

  @ParameterizedTest
  @MethodSource("variations")
  void bothImagesOfAPairAreVariedAlike(Variation variation) {
    List<float[]> shown = shown(variation, 1, 0, Replica.SINGLE, SIDE);
    float[] a = shown.get(0);
    float[] b = shown.get(1);
    for (int i = 0; i < a.length; i++) {
      assertEquals(a[i] + APART, b[i], "value " + i);
    }
    int each = a.length / COUNT;
    Set<List<Integer>> different = new HashSet<>();
    for (int i = 0; i < COUNT; i++) {
      different.add(pixels(a, i * each, each));
    }
    int expected =
        variation instanceof Variation.Mirror ? 2 : variation instanceof Variation.Turn ? 4 : 9;
    assertEquals(expected, different.size(), "every way occurs");
  }

  @ParameterizedTest
  @MethodSource("variations")
  void howIsAFunctionOfSeedAndPosition(Variation variation) {
    float[] shown = shown(variation, 1, COUNT, Replica.SINGLE, SIDE).get(0);
    assertArrayEquals(shown, shown(variation, 1, COUNT, Replica.SINGLE, SIDE).get(0));
    assertFalse(Arrays.equals(shown, shown(variation, 1, 0, Replica.SINGLE, SIDE).get(0)));
    assertFalse(Arrays.equals(shown, shown(variation, 2, COUNT, Replica.SINGLE, SIDE).get(0)));
  }

  @ParameterizedTest
  @MethodSource("variations")
  void twoDevicesTogetherShowTheMinibatchOfOne(Variation variation) {
    float[] one = shown(variation, 1, COUNT, Replica.SINGLE, SIDE).get(0);
    int half = one.length / 2;
    for (int rank = 0; rank < 2; rank++) {
      Replica replica = new Replica(rank, 2);
      long position = COUNT + replica.offset(0, COUNT / 2);
      assertArrayEquals(
          Arrays.copyOfRange(one, rank * half, rank * half + half),
          shown(variation, 1, position, replica, SIDE).get(0),
          "rank " + rank);
    }
  }

  @Test
  void aTurnRotatesByRightAngles() {
    List<Integer> plain = pixels(image(SIDE), 0, PIXELS);
    Set<List<Integer>> rotations = new HashSet<>(Set.of(plain));
    for (List<Integer> last = plain; rotations.size() < 4; rotations.add(last)) {
      Integer[] next = new Integer[PIXELS];
      for (int p = 0; p < PIXELS; p++) {
        next[p % SIDE * SIDE + SIDE - 1 - p / SIDE] = last.get(p); // (y, x) → (x, 4 − y)
      }
      last = List.of(next);
    }
    float[] shown = shown(new Variation.Turn(), 1, 0, Replica.SINGLE, SIDE).get(0);
    for (int i = 0; i < COUNT; i++) {
      assertTrue(rotations.contains(pixels(shown, i * PIXELS, PIXELS)), "image " + i);
    }
  }

  @Test
  void aCropIsAWindowOfTheImage() {
    float[] shown = shown(new Variation.Crop(3), 1, 0, Replica.SINGLE, SIDE).get(0);
    for (int i = 0; i < COUNT; i++) {
      float corner = shown[i * 9];
      for (int p = 0; p < 9; p++) {
        assertEquals(corner + p / 3 * SIDE + p % 3, shown[i * 9 + p]);
      }
    }
    float[] whole = shown(new Variation.Crop(SIDE), 1, 0, Replica.SINGLE, SIDE).get(0);
    assertEquals(pixels(image(SIDE), 0, PIXELS), pixels(whole, 0, PIXELS));
  }

  @Test
  void imagesThatCannotBeVariedAreRefused() {
    var e =
        assertThrows(
            TrainingException.class,
            () -> shown(new Variation.Turn(), 1, 0, Replica.SINGLE, SIDE + 1));
    assertTrue(e.getMessage().contains("square images"), e.getMessage());
    e =
        assertThrows(
            TrainingException.class,
            () -> shown(new Variation.Crop(SIDE + 1), 1, 0, Replica.SINGLE, SIDE));
    assertTrue(e.getMessage().contains("a crop of 6"), e.getMessage());
  }

  private List<float[]> shown(
      Variation variation, long seed, long position, Replica replica, int width) {
    int batch = COUNT / replica.count();
    var varied =
        new VariedSamples(
            new Pairs(batch, width), List.of("a", "b"), variation, new Seeds(seed), batch, replica);
    Batch shown = varied.batch(tf, tf.constant(position));
    long side = variation instanceof Variation.Crop crop ? crop.side() : SIDE;
    assertEquals(Shape.of(batch, side, side, 1), shown.floats("a").shape());
    return graph.floats(List.of(shown.floats("a"), shown.floats("b")));
  }

  private static List<Integer> pixels(float[] all, int from, int count) {
    Integer[] pixels = new Integer[count];
    Arrays.setAll(pixels, i -> Math.round(all[from + i]));
    return List.of(pixels);
  }

  private static float[] image(int width) {
    float[] image = new float[SIDE * width];
    for (int p = 0; p < image.length; p++) {
      image[p] = p;
    }
    return image;
  }

  /** The same pair of images at each position. */
  private record Pairs(int batch, int width) implements RealSamples {
    @Override
    public long size() {
      return COUNT;
    }

    @Override
    public Batch batch(Ops tf, Operand<TInt64> position) {
      Operand<TFloat32> one =
          tf.reshape(tf.constant(image(width)), tf.constant(new int[] {1, SIDE, width, 1}));
      Operand<TFloat32> a = tf.tile(one, tf.constant(new int[] {batch, 1, 1, 1}));
      return Batch.of("a", a).with("b", tf.math.add(a, tf.constant(APART)));
    }

    @Override
    public void load(Session session) {}
  }
}
