package org.sparring.augmentations;

class SaturationTest extends AugmentationContract {
  @Override
  Augmentation augmentation() {
    return new Saturation();
  }

  @Override
  boolean showsOnGrey() {
    return false;
  }

  /** (x − mean of the pixel)·2u + mean. */
  @Override
  float[] naive(float[] x, int height, int width, int channels, int number) {
    float factor = 2 * fell(Saturation.NAME, number);
    float[] y = new float[x.length];
    for (int pixel = 0; pixel < x.length; pixel += channels) {
      double mean = 0;
      for (int c = 0; c < channels; c++) {
        mean += x[pixel + c] / (double) channels;
      }
      for (int c = 0; c < channels; c++) {
        y[pixel + c] = (float) ((x[pixel + c] - mean) * factor + mean);
      }
    }
    return y;
  }
}
