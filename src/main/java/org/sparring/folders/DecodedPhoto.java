package org.sparring.folders;

import java.util.stream.IntStream;
import org.sparring.errors.DataException;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;

/**
 * A photograph and where its squares begin.
 *
 * @param name within its folder or archive
 * @param hash of its encoded bytes
 * @param tops rows at which squares begin
 * @param lefts columns at which squares begin
 */
record DecodedPhoto(String name, String hash, Picture picture, int[] tops, int[] lefts) {

  /**
   * @param title for messages
   * @throws DataException if the picture is smaller than a square
   */
  static DecodedPhoto of(String name, String hash, Picture picture, int side, String title) {
    ImageGeometry size = picture.geometry();
    if (Math.min(size.height(), size.width()) < side) {
      throw DataException.in(
          title,
          "a photo of at least " + side + "×" + side + " pixels (data.side)",
          size.width() + "×" + size.height(),
          "Remove it, set data.side to a smaller size, or set data.skip_bad to true.");
    }
    return new DecodedPhoto(
        name, hash, picture, starts(size.height(), side), starts(size.width(), side));
  }

  /** Every half side from 0, and the last place. */
  private static int[] starts(int length, int side) {
    int stride = Math.max(1, side / 2);
    int last = length - side;
    int regular = last / stride + 1;
    return IntStream.range(0, last % stride == 0 ? regular : regular + 1)
        .map(i -> Math.min(i * stride, last))
        .toArray();
  }

  int tiles() {
    return tops.length * lefts.length;
  }

  /** Copies square {@code index}, counted row by row. */
  void read(int index, int side, byte[] into, int offset) {
    ImageGeometry size = picture.geometry();
    int top = tops[index / lefts.length];
    int left = lefts[index % lefts.length];
    int row = side * size.channels();
    for (int y = 0; y < side; y++) {
      int at = ((top + y) * size.width() + left) * size.channels();
      System.arraycopy(picture.pixels(), at, into, offset + y * row, row);
    }
  }
}
