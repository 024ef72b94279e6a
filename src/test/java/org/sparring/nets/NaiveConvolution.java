package org.sparring.nets;

/**
 * A 4×4 convolution of stride 2 as plain loops, and its transpose: out(o) = Σ in(2o + k − 1)·kernel
 * (k), zero outside. TensorFlow's "SAME" pads an even side by (4 − 2)/2 = 1 at the start.
 *
 * @param side of the larger map, even
 * @param in channels of the larger map
 * @param out channels of the smaller map
 */
record NaiveConvolution(int side, int in, int out) {

  /** (batch, side, side, in), (4, 4, in, out) → (batch, side/2, side/2, out). */
  float[] forward(float[] large, float[] kernel) {
    float[] small = new float[large.length / (side * side * in) * (side / 2) * (side / 2) * out];
    each(small.length, (s, l, k) -> small[s] += large[l] * kernel[k]);
    return small;
  }

  /** (batch, side/2, side/2, out), (4, 4, in, out) → (batch, side, side, in). */
  float[] transposed(float[] small, float[] kernel) {
    float[] large = new float[small.length / ((side / 2) * (side / 2) * out) * side * side * in];
    each(small.length, (s, l, k) -> large[l] += small[s] * kernel[k]);
    return large;
  }

  private interface Connection {
    void at(int small, int large, int kernel);
  }

  /** Every connection of a value of the smaller map with one of the larger. */
  private void each(int values, Connection connection) {
    int half = side / 2;
    for (int s = 0; s < values; s++) {
      int o = s % out;
      int column = s / out % half;
      int row = s / (out * half) % half;
      int image = s / (out * half * half);
      for (int tap = 0; tap < 16; tap++) {
        int y = 2 * row + tap / 4 - 1;
        int x = 2 * column + tap % 4 - 1;
        for (int i = 0; i < in && inside(y) && inside(x); i++) {
          int large = ((image * side + y) * side + x) * in + i;
          connection.at(s, large, (tap * in + i) * out + o);
        }
      }
    }
  }

  private boolean inside(int position) {
    return position >= 0 && position < side;
  }
}
