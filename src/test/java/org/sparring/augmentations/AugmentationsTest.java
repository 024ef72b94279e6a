package org.sparring.augmentations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparring.errors.AugmentationException;
import org.tensorflow.ndarray.Shape;

/** All of the paper's policy together, brightness first. */
class AugmentationsTest extends AugmentationContract {
  @Override
  Augmentation augmentation() {
    return Augmentations.ALL;
  }

  /** Each on its own has a chance of .3: 1 − .7⁵ of the images, and a little less by standing. */
  @Override
  double shareThatShows(int side) {
    double translated = 1 - 0.3 * (1 - 1 / 9.0);
    return (1 - Math.pow(0.7, 4) * translated) / 0.3;
  }

  @Override
  float[] naive(float[] x, int height, int width, int channels, int number) {
    float[] y = x;
    for (AugmentationContract step :
        List.of(
            new BrightnessTest(),
            new SaturationTest(),
            new ContrastTest(),
            new TranslationTest(),
            new CutoutTest())) {
      y = channels == 1 && !step.showsOnGrey() ? y : step.naive(y, height, width, channels, number);
      step.close();
    }
    return y;
  }

  @Test
  void allStartsWithColor() {
    List<Augmentation> color = List.of(new Brightness(), new Saturation(), new Contrast());
    assertEquals(color, Augmentations.COLOR.steps());
    assertEquals(color, Augmentations.ALL.steps().subList(0, 3));
  }

  @Test
  void pointsAreRefusedAndNothingIsTheIdentity() {
    var points = graph.input(Shape.of(4, 2));
    var p = tf.constant(1f);
    assertSame(points, Augmentations.NONE.apply(tf, points, p, dice));
    var e =
        assertThrows(AugmentationException.class, () -> augmentation().apply(tf, points, p, dice));
    assertEquals(
        "augmentations are for images (batch, height, width, channels), found [4, 2]",
        e.getMessage());
  }
}
