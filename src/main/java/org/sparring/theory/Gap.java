package org.sparring.theory;

import java.util.Arrays;

/** How far apart two functions are, as lists of their values. */
final class Gap {
  private Gap() {}

  /** max |aᵢ − bᵢ|. */
  static double largest(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      // Math.max propagates NaN, and then no tolerance holds
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  /** Σ wᵢ|aᵢ − bᵢ|. */
  static double mean(double[] a, double[] b, double[] shares) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += shares[i] * Math.abs(a[i] - b[i]);
    }
    return sum;
  }

  /** The function that is the same everywhere. */
  static double[] constant(double value, int length) {
    double[] constant = new double[length];
    Arrays.fill(constant, value);
    return constant;
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  /** The values less their mean. */
  static double[] centred(double[] values) {
    double mean = mean(values);
    double[] centred = values.clone();
    for (int i = 0; i < centred.length; i++) {
      centred[i] -= mean;
    }
    return centred;
  }
}
