package org.sparring.metrics;

import org.sparring.errors.MetricsException;

/**
 * The structural similarity of two images (Wang et al. 2004, IEEE TIP 13(4), equation 13): means,
 * variances and covariance in a Gaussian window of 11×11 pixels, σ = 1.5, normalised to 1, with K₁
 * = .01, K₂ = .03 and L = 255. The score is the mean over all positions at which the window lies
 * within the image, and over the channels. Equal images score 1.
 *
 * <p>Two constant images, 100 and 120: (2·100·120 + C₁) / (100² + 120² + C₁) = .983611, with C₁ =
 * 2.55² = 6.5025.
 */
public final class StructuralSimilarity {
  /** Side of the window in pixels; an image has at least this side. */
  public static final int WINDOW = 11;

  private static final double SIGMA = 1.5;
  private static final double C1 = square(0.01 * 255);
  private static final double C2 = square(0.03 * 255);
  private static final double[] KERNEL = kernel();

  private StructuralSimilarity() {}

  /** Returns the mean structural similarity, at most 1. */
  public static double of(Pixels found, Pixels truth) {
    found.requireSameShape(truth);
    MetricsException.require(
        Math.min(found.height(), found.width()) >= WINDOW,
        "structural similarity: expected images of at least "
            + WINDOW
            + "×"
            + WINDOW
            + " pixels, found "
            + found);
    double sum = 0;
    for (int c = 0; c < found.channels(); c++) {
      sum += ofChannel(found, truth, c);
    }
    return sum / found.channels();
  }

  private static double ofChannel(Pixels found, Pixels truth, int channel) {
    double[] x = plane(found, channel);
    double[] y = plane(truth, channel);
    int height = found.height();
    int width = found.width();
    double[] meanX = blurred(x, height, width);
    double[] meanY = blurred(y, height, width);
    double[] squareX = blurred(product(x, x), height, width);
    double[] squareY = blurred(product(y, y), height, width);
    double[] both = blurred(product(x, y), height, width);
    double sum = 0;
    for (int i = 0; i < meanX.length; i++) {
      double means = meanX[i] * meanY[i];
      double squares = square(meanX[i]) + square(meanY[i]);
      double variances = squareX[i] + squareY[i] - squares;
      double covariance = both[i] - means;
      sum += (2 * means + C1) * (2 * covariance + C2) / ((squares + C1) * (variances + C2));
    }
    return sum / meanX.length;
  }

  private static double[] plane(Pixels image, int channel) {
    double[] plane = new double[image.height() * image.width()];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = image.values()[i * image.channels() + channel];
    }
    return plane;
  }

  private static double[] product(double[] x, double[] y) {
    double[] product = new double[x.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = x[i] * y[i];
    }
    return product;
  }

  /** Returns weighted means in the window, (height − 10, width − 10): rows first, then columns. */
  private static double[] blurred(double[] plane, int height, int width) {
    int rows = height - WINDOW + 1;
    int columns = width - WINDOW + 1;
    double[] down = new double[rows * width];
    for (int i = 0; i < down.length; i++) {
      down[i] = weighted(plane, i, width);
    }
    double[] mean = new double[rows * columns];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = weighted(down, i / columns * width + i % columns, 1);
    }
    return mean;
  }

  private static double weighted(double[] values, int from, int step) {
    double sum = 0;
    for (int k = 0; k < WINDOW; k++) {
      sum += KERNEL[k] * values[from + k * step];
    }
    return sum;
  }

  private static double[] kernel() {
    double[] kernel = new double[WINDOW];
    double sum = 0;
    for (int k = 0; k < WINDOW; k++) {
      kernel[k] = Math.exp(-square((k - WINDOW / 2) / SIGMA) / 2);
      sum += kernel[k];
    }
    for (int k = 0; k < WINDOW; k++) {
      kernel[k] /= sum;
    }
    return kernel;
  }

  private static double square(double value) {
    return value * value;
  }
}
