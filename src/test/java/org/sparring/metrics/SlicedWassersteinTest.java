package org.sparring.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sparring.errors.MetricsException;

class SlicedWassersteinTest {
  private static final SlicedWasserstein DISTANCE = SlicedWasserstein.PUBLISHED;

  @Test
  void aSetHasDistanceZeroToItselfAndToItsBrighterCopy() {
    List<Pixels> images = images(4, i -> texture(i, 64));
    assertEquals(0, DISTANCE.between(images, images).mean(), 1e-12);
    List<Pixels> brighter = images(4, i -> scaled(texture(i, 64), 0.5f, 40));
    assertEquals(0, DISTANCE.between(images, brighter).mean(), 0.01);
  }

  /**
   * The paper's algorithm in numpy and scipy (convolve, mode mirror), with the same positions in
   * both sets: mean over 5 seeds of numpy's generator 114.97, 47.98, 4.351, deviations 2.4, .7 and
   * .03. With different positions it is 120.9, 57.3 and 30.0: a set then is far from itself.
   */
  @Test
  void texturesAndTheirBlurredCopiesHaveTheDistancesOfTheOfficialCode() {
    List<Pixels> sharp = images(16, i -> texture(i, 64));
    List<Pixels> blurred = images(16, i -> blurred(texture(i, 64)));
    List<Double> levels = DISTANCE.between(sharp, blurred).levels();
    assertEquals(3, levels.size());
    assertEquals(114.97, levels.get(0), 8);
    assertEquals(47.98, levels.get(1), 3);
    assertEquals(4.351, levels.get(2), 0.2);
    assertEquals(levels, DISTANCE.between(sharp, blurred).levels(), "a function of the seed");
  }

  /**
   * A patch of a constant image is (v, …, v): its projection is v·7θ, where θ is one coordinate of
   * a random direction in 49 dimensions, and E|θ| = Γ(24.5)/(√π·Γ(25)) = .114567. The normalised
   * values −1, −1, 1, 1 and −√2, 0, 0, √2 are √2/2 apart: 1000·.70711·7·.114567 = 567.1.
   */
  @Test
  void constantImagesHaveTheDistanceOfTheirValues() {
    List<Pixels> two = images(4, i -> constant(i < 2 ? 90 : 110));
    List<Pixels> three = images(4, i -> constant(new int[] {50, 60, 60, 70}[i]));
    SlicedWasserstein many = new SlicedWasserstein(1, 4000, 7);
    // the standard error of 4000 directions is 6.8
    assertEquals(567.1, many.between(two, three).mean(), 27);
  }

  @Test
  void thePyramidSumsToTheImage() {
    Pixels image = texture(1, 37);
    List<Pixels> levels = LaplacianPyramid.of(image, 3);
    assertEquals(
        List.of("37×37×3", "19×19×3", "10×10×3"), levels.stream().map(Pixels::toString).toList());
    Pixels sum = levels.get(2);
    for (int level = 1; level >= 0; level--) {
      Pixels fine = levels.get(level);
      sum = LaplacianPyramid.doubled(sum, fine.height(), fine.width());
      for (int i = 0; i < fine.values().length; i++) {
        sum.values()[i] += fine.values()[i];
      }
    }
    assertArrayEquals(image.values(), sum.values(), 1e-3f);
  }

  @Test
  void imagesOfSeveralSizesHaveTheLevelsOfTheSmallest() {
    List<Pixels> sizes = List.of(texture(0, 70), texture(1, 40));
    assertEquals(2, DISTANCE.between(sizes, sizes).levels().size());
    assertEquals(0, DISTANCE.between(sizes, sizes).mean());
    assertEquals(
        List.of(0, 1, 1, 2, 3),
        List.of(levels(15), levels(16), levels(31), levels(32), levels(64)));
  }

  private static int levels(int side) {
    return SlicedWasserstein.levels(side, side);
  }

  @Test
  void setsThatCannotBeComparedAreRefused() {
    refused("16×16", images(1, i -> texture(i, 15)), images(1, i -> texture(i, 15)));
    refused("2 and 1", images(2, i -> texture(i, 16)), images(1, i -> texture(i, 16)));
    refused("same shape", images(1, i -> texture(i, 16)), images(1, i -> texture(i, 17)));
    refused("0 and 0", List.of(), List.of());
  }

  private static void refused(String part, List<Pixels> real, List<Pixels> fake) {
    var e = assertThrows(MetricsException.class, () -> DISTANCE.between(real, fake));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  private static List<Pixels> images(int count, IntFunction<Pixels> image) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(image).toList());
  }

  private static Pixels constant(float value) {
    Pixels image = new Pixels(16, 16, 1, new float[256]);
    java.util.Arrays.fill(image.values(), value);
    return image;
  }

  private static Pixels texture(int i, int side) {
    Pixels image = new Pixels(side, side, 3, new float[side * side * 3]);
    for (int at = 0; at < image.values().length; at++) {
      int c = at % 3;
      int x = at / 3 % side;
      int y = at / 3 / side;
      double waves = 60 * Math.sin((x + i * 11) / 9.0 + c) + 40 * Math.cos((y + i * 7) / 5.0);
      int noise = (x * 31 + y * 17 + x * y * (i + 1) + c * 5) % 41 - 20;
      image.values()[at] = (float) (128 + waves + noise);
    }
    return image;
  }

  private static Pixels scaled(Pixels image, float factor, float offset) {
    for (int i = 0; i < image.values().length; i++) {
      image.values()[i] = image.values()[i] * factor + offset;
    }
    return image;
  }

  /** The image without its finest details: the same filter as the pyramid's. */
  private static Pixels blurred(Pixels image) {
    int side = image.height();
    Pixels blurred = new Pixels(side, side, 3, new float[side * side * 3]);
    double[] filter = {1, 4, 6, 4, 1};
    for (int at = 0; at < blurred.values().length; at++) {
      double sum = 0;
      for (int k = 0; k < 25; k++) {
        int y = mirrored(at / 3 / side + k / 5 - 2, side);
        int x = mirrored(at / 3 % side + k % 5 - 2, side);
        sum += filter[k / 5] * filter[k % 5] * image.values()[(y * side + x) * 3 + at % 3];
      }
      blurred.values()[at] = (float) (sum / 256);
    }
    return blurred;
  }

  private static int mirrored(int at, int length) {
    int inside = Math.abs(at);
    return inside < length ? inside : 2 * (length - 1) - inside;
  }
}
