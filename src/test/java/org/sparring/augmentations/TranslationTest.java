package org.sparring.augmentations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationTest extends AugmentationContract {
  @Override
  Augmentation augmentation() {
    return new Translation();
  }

  /** At side 8 a shift is by −1, 0 or 1 each way: one in nine stays. */
  @Override
  double shareThatShows(int side) {
    double places = 2 * Translation.most(side) + 1;
    return 1 - 1 / (places * places);
  }

  @Override
  float[] naive(float[] x, int height, int width, int channels, int number) {
    int down = shift(fell(Translation.ROWS, number), height);
    int right = shift(fell(Translation.COLUMNS, number), width);
    float[] y = new float[x.length];
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int toRow = row + down;
        int toColumn = column + right;
        if (toRow >= 0 && toRow < height && toColumn >= 0 && toColumn < width) {
          int from = (row * width + column) * channels;
          System.arraycopy(x, from, y, (toRow * width + toColumn) * channels, channels);
        }
      }
    }
    return y;
  }

  @ParameterizedTest
  @CsvSource({"32, 4", "28, 4", "64, 8", "16, 2", "11, 1", "3, 0"})
  void anEighthOfTheSideIsRounded(int side, int pixels) {
    assertEquals(pixels, Translation.most(side));
  }

  private static int shift(float uniform, int side) {
    int most = Translation.most(side);
    return (int) Math.floor(uniform * (2 * most + 1)) - most;
  }
}
