package org.sparring.graph;

/**
 * Where the values of the 4×4 patches of a strided convolution are, as numbers of rows.
 *
 * @param size of the convolution
 * @param batch images
 */
record PatchIndices(StridedSize size, int batch) {
  private static final int FIELD = StridedSize.KERNEL;
  private static final int VALUES = FIELD * FIELD;

  /**
   * For each patch, the rows of its 16 pixels in the padded image (batch · (side + 2)², in), in the
   * order of the kernel's rows.
   */
  int[] ofPatches() {
    int[] rows = new int[patches() * VALUES];
    int next = 0;
    for (int patch = 0; patch < patches(); patch++) {
      int image = patch / (size.half() * size.half());
      int down = 2 * (patch / size.half() % size.half());
      int right = 2 * (patch % size.half());
      for (int pixel = 0; pixel < VALUES; pixel++) {
        rows[next++] = (image * padded() + down + pixel / FIELD) * padded() + right + pixel % FIELD;
      }
    }
    return rows;
  }

  /**
   * For each pixel of the image, the row of the patch value that one of the up to four patches over
   * it adds, in patches (16 · (number of patches + 1), in) of which the last one is zero.
   *
   * @param above whether the patch is the upper one over the pixel
   * @param before whether the patch is the left one over the pixel
   */
  int[] ofPixels(boolean above, boolean before) {
    int[] rows = new int[batch * size.side() * size.side()];
    int next = 0;
    for (int image = 0; image < batch; image++) {
      for (int y = 1; y <= size.side(); y++) {
        for (int x = 1; x <= size.side(); x++) {
          rows[next++] = row(image, y, x, y / 2 - (above ? 1 : 0), x / 2 - (before ? 1 : 0));
        }
      }
    }
    return rows;
  }

  private int row(int image, int y, int x, int down, int right) {
    int half = size.half();
    boolean inside = down >= 0 && down < half && right >= 0 && right < half;
    int patch = inside ? (image * half + down) * half + right : patches();
    int pixel = inside ? (y - 2 * down) * FIELD + x - 2 * right : 0;
    return patch * VALUES + pixel;
  }

  private int padded() {
    return size.side() + 2;
  }

  private int patches() {
    return batch * size.half() * size.half();
  }
}
