package org.sparring.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.sparring.errors.EvaluationException;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.ScratchGraph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;

class AffineAugmentationTest {
  private static final int SIDE = 9;

  @Test
  void withoutBoundsEveryImageStaysAsItIs() {
    float[] images = GradientCheck.noise(2 * SIDE * SIDE * 3, 4);
    float[] still = augmented(new AffineAugmentation(0, 0, 0, 0, false), images, 2, 3, 1);
    assertArrayEquals(images, still, 1e-5f);
  }

  @Test
  void aKeyGivesTheSameMapsAndAnotherOthers() {
    float[] images = GradientCheck.noise(SIDE * SIDE, 4);
    float[] once = augmented(AffineAugmentation.DIGITS, images, 1, 1, 1);
    assertArrayEquals(once, augmented(AffineAugmentation.DIGITS, images, 1, 1, 1));
    assertFalse(Arrays.equals(once, augmented(AffineAugmentation.DIGITS, images, 1, 1, 2)));
  }

  @Test
  void imagesOfABatchAreMovedApart() {
    float[] one = GradientCheck.noise(SIDE * SIDE, 4);
    float[] images = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, images, one.length, one.length);
    float[] moved = augmented(AffineAugmentation.DIGITS, images, 2, 1, 1);
    float[] second = Arrays.copyOfRange(moved, one.length, moved.length);
    assertFalse(Arrays.equals(Arrays.copyOf(moved, one.length), second));
  }

  /** Rotation, scale and shear leave the centre where it is, whatever is drawn. */
  @Test
  void theCentreStaysWhereNothingIsShifted() {
    float[] images = new float[SIDE * SIDE];
    Arrays.fill(images, -1);
    images[SIDE * SIDE / 2] = 1;
    AffineAugmentation turning = new AffineAugmentation(3f, 0.5f, 0.5f, 0, false);
    for (int key = 0; key < 20; key++) {
      float[] moved = augmented(turning, images, 1, 1, key);
      assertEquals(1, moved[SIDE * SIDE / 2], 1e-4, "key " + key);
    }
  }

  /** Turned by θ and nothing else, the mass of a blob stays at its distance from the centre. */
  @Test
  void aTurnKeepsTheDistanceFromTheCentre() {
    float[] images = new float[SIDE * SIDE];
    Arrays.fill(images, -1);
    images[4 * SIDE + 7] = 1; // three pixels right of the centre (4, 4)
    for (int key = 0; key < 20; key++) {
      float[] moved = augmented(new AffineAugmentation(3f, 0, 0, 0, false), images, 1, 1, key);
      double mass = 0;
      double x = 0;
      double y = 0;
      for (int i = 0; i < moved.length; i++) {
        double ink = (moved[i] + 1) / 2;
        mass += ink;
        x += ink * (i % SIDE - 4);
        y += ink * (i / SIDE - 4);
      }
      assertEquals(3, Math.hypot(x / mass, y / mass), 0.3, "key " + key);
    }
  }

  @Test
  void whatComesFromOutsideIsBackground() {
    float[] images = new float[SIDE * SIDE];
    Arrays.fill(images, 1);
    float[] moved = augmented(new AffineAugmentation(0, 0, 0, 4, false), images, 1, 1, 1);
    float least = 1;
    for (float value : moved) {
      least = Math.min(least, value);
      assertTrue(value >= -1 && value <= 1, "" + value);
    }
    assertEquals(-1, least, 1e-6);
  }

  /** Of sixteen images about half are mirrored, exactly, and the others stay. */
  @Test
  void mirroredImagesAreSeenFromBehindByChance() {
    float[] images = new float[16 * SIDE * SIDE];
    for (int i = 0; i < images.length; i++) {
      images[i] = i % SIDE / (float) SIDE; // brighter to the right
    }
    AffineAugmentation mirror = new AffineAugmentation(0, 0, 0, 0, true);
    float[] seen = augmented(mirror, images, 16, 1, 1);
    int mirrored = 0;
    for (int image = 0; image < 16; image++) {
      int row = image * SIDE * SIDE;
      boolean turned = seen[row] > seen[row + SIDE - 1];
      mirrored += turned ? 1 : 0;
      for (int x = 0; x < SIDE; x++) {
        int from = turned ? SIDE - 1 - x : x;
        assertEquals(images[row + from], seen[row + x], 1e-5, "image " + image);
      }
    }
    assertTrue(mirrored > 3 && mirrored < 13, mirrored + " mirrored");
  }

  @Test
  void boundsThatMakeNoSenseAreRefused() {
    assertThrows(EvaluationException.class, () -> new AffineAugmentation(-1, 0, 0, 0, false));
    assertThrows(EvaluationException.class, () -> new AffineAugmentation(0, 1, 0, 0, false));
    assertThrows(
        EvaluationException.class, () -> new AffineAugmentation(0, 0, Float.NaN, 0, false));
    assertThrows(EvaluationException.class, () -> new AffineAugmentation(0, 0, 0, -1, false));
  }

  private static float[] augmented(
      AffineAugmentation augmentation, float[] images, int count, int channels, long key) {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      var input = graph.input(Shape.of(count, SIDE, SIDE, channels), images);
      return graph.floats(augmentation.apply(tf, input, tf.constant(new long[] {key, 3})));
    }
  }
}
