package org.sparring.pictures;

/**
 * The input positions that contribute to each output position along an axis, with their weights.
 * The weights of an output sum to 1.
 */
record ResizeWeights(int[] first, float[][] weights) {

  /**
   * Returns weights for exact area averages when shrinking, and for bilinear interpolation when
   * enlarging.
   */
  static ResizeWeights between(int in, int out) {
    ResizeWeights taps = new ResizeWeights(new int[out], new float[out][]);
    for (int o = 0; o < out; o++) {
      if (out <= in) {
        taps.area(o, in, out);
      } else {
        taps.bilinear(o, in, out);
      }
    }
    return taps;
  }

  /**
   * Computes area weights. In units of 1/out of an input position every border is a whole number,
   * so the overlaps are exact. 3 → 2: output 0 takes input 0 with 2/3 and input 1 with 1/3.
   */
  private void area(int o, int in, int out) {
    int from = o * in;
    int to = from + in;
    int start = from / out;
    int end = (to + out - 1) / out;
    float[] share = new float[end - start];
    for (int p = start; p < end; p++) {
      int overlap = Math.min(to, (p + 1) * out) - Math.max(from, p * out);
      share[p - start] = (float) overlap / in;
    }
    set(o, start, share);
  }

  /**
   * Computes bilinear weights. Positions are pixel centres; outside the first and last centre the
   * border value is used.
   */
  private void bilinear(int o, int in, int out) {
    double centre = (o + 0.5) * in / out - 0.5;
    int start = (int) Math.floor(centre);
    float part = (float) (centre - start);
    if (start < 0) {
      set(o, 0, new float[] {1});
    } else if (start >= in - 1) {
      set(o, in - 1, new float[] {1});
    } else {
      set(o, start, new float[] {1 - part, part});
    }
  }

  /**
   * Returns the weights of MATLAB's {@code imresize(…, 'bicubic')}: Keys' cubic kernel with a =
   * −0.5, widened by {@code in / out} when shrinking (antialiasing). Positions outside the input
   * are mirrored with the border pixel repeated (…, 1, 0, 0, 1, …).
   */
  static ResizeWeights bicubic(int in, int out) {
    ResizeWeights taps = new ResizeWeights(new int[out], new float[out][]);
    for (int o = 0; o < out; o++) {
      taps.cubic(o, in, out);
    }
    return taps;
  }

  private void cubic(int o, int in, int out) {
    double widening = Math.max(1, (double) in / out);
    double centre = (o + 0.5) * in / out - 0.5;
    int start = (int) Math.ceil(centre - 2 * widening);
    int end = (int) Math.floor(centre + 2 * widening);
    double[] each = new double[in];
    double sum = 0;
    int least = in;
    int most = 0;
    for (int p = start; p <= end; p++) {
      double weight = keys(Math.abs(p - centre) / widening);
      int at = mirrored(p, in);
      each[at] += weight;
      sum += weight;
      least = Math.min(least, at);
      most = Math.max(most, at);
    }
    float[] share = new float[most - least + 1];
    for (int i = 0; i < share.length; i++) {
      share[i] = (float) (each[least + i] / sum);
    }
    set(o, least, share);
  }

  /** Keys 1981, equation 15 with a = −0.5, at a distance of 0 or more. */
  private static double keys(double d) {
    if (d <= 1) {
      return (1.5 * d - 2.5) * d * d + 1;
    }
    return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
  }

  private static int mirrored(int position, int length) {
    int at = Math.floorMod(position, 2 * length);
    return at < length ? at : 2 * length - 1 - at;
  }

  private void set(int o, int start, float[] share) {
    first[o] = start;
    weights[o] = share;
  }

  int out() {
    return first.length;
  }
}
