package org.sparring.layers;

/**
 * A convolution of stride 2 as plain loops, and its transpose: out(o) = Σ in(2o + k − p)·kernel
 * (k), zero outside. TensorFlow's "SAME" gives ⌈side/2⌉ places and pads by what they lack, half of
 * it, rounded down, at the start: p.
 *
 * @param side of the larger map
 * @param field side of the kernel
 * @param in channels of the larger map
 * @param out channels of the smaller map
 */
record NaiveConvolution(int side, int field, int in, int out) {

  /** (batch, side, side, in), (field, field, in, out) → (batch, half, half, out). */
  float[] forward(float[] large, float[] kernel) {
    float[] small = new float[large.length / (side * side * in) * half() * half() * out];
    each(small.length, (s, l, k) -> small[s] += large[l] * kernel[k]);
    return small;
  }

  /** (batch, half, half, out), (field, field, in, out) → (batch, side, side, in). */
  float[] transposed(float[] small, float[] kernel) {
    float[] large = new float[small.length / (half() * half() * out) * side * side * in];
    each(small.length, (s, l, k) -> large[l] += small[s] * kernel[k]);
    return large;
  }

  private int half() {
    return (side + 1) / 2;
  }

  private int padding() {
    return ((half() - 1) * 2 + field - side) / 2;
  }

  private interface Connection {
    void at(int small, int large, int kernel);
  }

  /** Every connection of a value of the smaller map with one of the larger. */
  private void each(int values, Connection connection) {
    int half = half();
    for (int s = 0; s < values; s++) {
      int o = s % out;
      int column = s / out % half;
      int row = s / (out * half) % half;
      int image = s / (out * half * half);
      for (int tap = 0; tap < field * field; tap++) {
        int y = 2 * row + tap / field - padding();
        int x = 2 * column + tap % field - padding();
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
