package org.sparring.graph;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** How far what one device computes is from what another does. */
public final class Agreement {
  /** Of a whole gradient's norm: what is smaller than this is compared with this. */
  private static final double SMALL = 1e-3;

  private Agreement() {}

  /** ‖a − b‖ ÷ max(‖a‖, floor). */
  public static double distance(float[] a, float[] b, double floor) {
    double apart = 0;
    for (int i = 0; i < a.length; i++) {
      apart += Math.pow((double) a[i] - b[i], 2);
    }
    return Math.sqrt(apart) / Math.max(norm(a), floor);
  }

  /** The same without a floor. */
  public static double distance(float[] a, float[] b) {
    return distance(a, b, Double.MIN_NORMAL);
  }

  /** ‖a‖. */
  public static double norm(float[] a) {
    double squares = 0;
    for (float x : a) {
      squares += Math.pow(x, 2);
    }
    return Math.sqrt(squares);
  }

  /** a·b ÷ ‖a‖‖b‖. */
  public static double cosine(float[] a, float[] b) {
    double product = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
    }
    return product / (norm(a) * norm(b));
  }

  /** All numbers of a player's gradients in a row. */
  public static float[] joined(List<float[]> gradients) {
    float[] all = new float[gradients.stream().mapToInt(g -> g.length).sum()];
    int at = 0;
    for (float[] gradient : gradients) {
      System.arraycopy(gradient, 0, all, at, gradient.length);
      at += gradient.length;
    }
    return all;
  }

  /**
   * Each variable's gradient by itself, relative to its own norm or a thousandth of the player's: a
   * gradient that all but cancels is rounding.
   */
  public static void assertEachAgrees(
      List<String> names, List<float[]> expected, List<float[]> found, double tolerance) {
    double floor = SMALL * norm(joined(expected));
    assertTrue(floor > 0, "every gradient is 0");
    for (int i = 0; i < names.size(); i++) {
      double distance = distance(expected.get(i), found.get(i), floor);
      assertTrue(distance < tolerance, names.get(i) + " is " + distance + " apart");
    }
  }
}
