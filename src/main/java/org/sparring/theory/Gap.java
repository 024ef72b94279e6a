package org.sparring.theory;

import java.util.Arrays;

/** Distances between two functions that are given as lists of values. */
final class Gap {
  private Gap() {}

  /** Returns max |aᵢ − bᵢ|. */
  static double largest(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      // Math.max propagates NaN, which is not within any tolerance
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  /** Returns Σ wᵢ|aᵢ − bᵢ|. */
  static double mean(double[] a, double[] b, double[] shares) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += shares[i] * Math.abs(a[i] - b[i]);
    }
    return sum;
  }

  /** Returns a constant function. */
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

  /** Returns the values minus their mean. */
  static double[] centred(double[] values) {
    double mean = mean(values);
    double[] centred = values.clone();
    for (int i = 0; i < centred.length; i++) {
      centred[i] -= mean;
    }
    return centred;
  }
}
