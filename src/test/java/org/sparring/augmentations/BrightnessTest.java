package org.sparring.augmentations;

class BrightnessTest extends AugmentationContract {
  @Override
  Augmentation augmentation() {
    return new Brightness();
  }

  @Override
  float[] naive(float[] x, int height, int width, int channels, int number) {
    float shift = fell(Brightness.NAME, number) - 0.5f;
    float[] y = x.clone();
    for (int i = 0; i < y.length; i++) {
      y[i] += shift;
    }
    return y;
  }
}
