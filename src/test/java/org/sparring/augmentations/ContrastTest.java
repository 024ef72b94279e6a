package org.sparring.augmentations;

class ContrastTest extends AugmentationContract {
  @Override
  Augmentation augmentation() {
    return new Contrast();
  }

  /** (x − mean of the image)·(u + ½) + mean. */
  @Override
  float[] naive(float[] x, int height, int width, int channels, int number) {
    float factor = fell(Contrast.NAME, number) + 0.5f;
    double mean = 0;
    for (float value : x) {
      mean += value / (double) x.length;
    }
    float[] y = new float[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) ((x[i] - mean) * factor + mean);
    }
    return y;
  }
}
