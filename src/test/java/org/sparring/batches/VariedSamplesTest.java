package org.sparring.batches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.graph.Batch;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.replicas.Replica;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

class VariedSamplesTest {
  private static final int COUNT = 600;
  private static final int HEIGHT = 2;
  private static final int WIDTH = 3;
  private static final int CHANNELS = 2;
  private static final int[] LABELS = new int[COUNT];
  private static final int EACH = HEIGHT * WIDTH * CHANNELS;

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();
  private final float[] images = GradientCheck.noise(COUNT * EACH, 1);

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void eachImageIsShownAsItIsOrLeftForRight() {
    float[] shown = shown(1, 0);
    int mirrored = 0;
    for (int i = 0; i < COUNT; i++) {
      float[] image = Arrays.copyOfRange(images, i * EACH, (i + 1) * EACH);
      float[] found = Arrays.copyOfRange(shown, i * EACH, (i + 1) * EACH);
      if (!Arrays.equals(image, found)) {
        mirrored++;
        assertArrayEquals(mirror(image), found);
      }
    }
    // half of 600 has a deviation of 12; these are four of them
    assertEquals(COUNT / 2.0, mirrored, 49);
  }

  @Test
  void whichAreIsAFunctionOfSeedAndPosition() {
    assertArrayEquals(shown(1, 64), shown(1, 64));
    assertFalse(Arrays.equals(shown(1, 64), shown(1, 128)));
    assertFalse(Arrays.equals(shown(1, 64), shown(2, 64)));
  }

  private float[] shown(long seed, long position) {
    var mirrored =
        new VariedSamples(
            new Fixed(),
            List.of("image"),
            new Variation.Mirror(),
            new Seeds(seed),
            COUNT,
            Replica.SINGLE);
    assertEquals(COUNT, mirrored.size());
    Operand<TFloat32> batch = mirrored.batch(tf, tf.constant(position)).floats("image");
    assertEquals(Shape.of(COUNT, HEIGHT, WIDTH, CHANNELS), batch.shape());
    return graph.floats(batch);
  }

  /** A pair of images is mirrored together, and nothing else is. */
  @Test
  void allImagesOfASampleAreMirroredTogether() {
    var order = new SampleOrder(new Seeds(3), 5);
    var plain = new ResidentSamples(tf, SampleReading.of(MixedFields.dataset(), order, 64));
    var images = VariedSamples.images(MixedFields.dataset());
    var mirrored =
        new VariedSamples(plain, images, new Variation.Mirror(), new Seeds(1), 64, Replica.SINGLE);
    var as = List.of(plain.batch(tf, tf.constant(0L)), mirrored.batch(tf, tf.constant(0L)));
    plain.load(graph.session());
    var shown = MixedFields.shown(graph, as);
    int flipped = 0;
    for (int i = 0; i < 64; i++) {
      boolean image = isMirrored(shown, "image", i, 3);
      assertEquals(image, isMirrored(shown, "drawing", i, 1));
      flipped += image ? 1 : 0;
    }
    assertTrue(flipped > 10 && flipped < 54, "mirrored: " + flipped);
    for (String name : List.of("vector", "matrix", "label", "text", "text_length")) {
      assertArrayEquals(shown.get(0).fields().get(name), shown.get(1).fields().get(name), name);
    }
  }

  /** Whether image i of 2×3 pixels is the mirror image of the plain one; else it is equal. */
  private static boolean isMirrored(
      List<MixedFields.Shown> shown, String name, int i, int channels) {
    int each = 6 * channels;
    float[] plain = Arrays.copyOfRange(shown.get(0).fields().get(name), i * each, (i + 1) * each);
    float[] found = Arrays.copyOfRange(shown.get(1).fields().get(name), i * each, (i + 1) * each);
    boolean equal = Arrays.equals(plain, found);
    for (int k = 0; k < each && !equal; k++) {
      int column = k / channels % 3;
      assertEquals(plain[k], found[k + (2 - 2 * column) * channels], name + " " + i);
    }
    return !equal;
  }

  private static float[] mirror(float[] image) {
    float[] mirrored = new float[EACH];
    for (int i = 0; i < EACH; i++) {
      int column = i / CHANNELS % WIDTH;
      mirrored[i + (WIDTH - 1 - 2 * column) * CHANNELS] = image[i];
    }
    return mirrored;
  }

  /** The same images at each position. */
  private final class Fixed implements RealSamples {
    @Override
    public long size() {
      return COUNT;
    }

    @Override
    public Batch batch(Ops ops, Operand<TInt64> position) {
      int[] shape = {COUNT, HEIGHT, WIDTH, CHANNELS};
      return Batch.of("image", ops.reshape(ops.constant(images), ops.constant(shape)))
          .with("label", ops.constant(LABELS));
    }

    @Override
    public void load(Session session) {}
  }
}
