package org.sparring.augmentations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutoutTest extends AugmentationContract {
  @Override
  Augmentation augmentation() {
    return new Cutout();
  }

  /** As the paper's code: a grid around the middle, cut to the image, set to 0. */
  @Override
  float[] naive(float[] x, int height, int width, int channels, int number) {
    int middleRow = middle(fell(Cutout.ROWS, number), height);
    int middleColumn = middle(fell(Cutout.COLUMNS, number), width);
    float[] y = x.clone();
    for (int i = 0; i < Cutout.size(height); i++) {
      for (int k = 0; k < Cutout.size(width); k++) {
        int row = Math.max(0, Math.min(height - 1, middleRow + i - Cutout.size(height) / 2));
        int column = Math.max(0, Math.min(width - 1, middleColumn + k - Cutout.size(width) / 2));
        for (int c = 0; c < channels; c++) {
          y[(row * width + column) * channels + c] = 0;
        }
      }
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({"32, 16", "28, 14", "7, 4", "5, 3"})
  void halfOfTheSideIsRounded(int side, int pixels) {
    assertEquals(pixels, Cutout.size(side));
  }

  private static int middle(float uniform, int side) {
    return (int) Math.floor(uniform * (side + 1 - Cutout.size(side) % 2));
  }
}
