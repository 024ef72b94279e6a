package org.sparring.pictures;

import java.io.IOException;
import javax.imageio.IIOException;

/**
 * The position of the first frame of a GIF on its canvas.
 *
 * @param width of the canvas in pixels
 * @param height of the canvas in pixels
 * @param left of the first frame, in pixels
 * @param top of the first frame, in pixels
 */
record GifFile(int width, int height, int left, int top) {
  private static final int HEADER = 13;
  private static final int EXTENSION = 0x21;
  private static final int FRAME = 0x2c;

  /** Reads the blocks up to the end of the first frame. */
  static GifFile parse(byte[] gif) throws IOException {
    try {
      int at = HEADER + table(gif[10]);
      while (gif[at] == EXTENSION) {
        at = blocks(gif, at + 2);
      }
      if (gif[at] != FRAME) {
        throw new IIOException("no frame");
      }
      int left = number(gif, at + 1);
      int top = number(gif, at + 3);
      int right = left + number(gif, at + 5);
      int bottom = top + number(gif, at + 7);
      blocks(gif, at + 10 + table(gif[at + 9]) + 1);
      int width = Math.max(number(gif, 6), right);
      return new GifFile(width, Math.max(number(gif, 8), bottom), left, top);
    } catch (IndexOutOfBoundsException e) {
      throw new IIOException("cut short", e);
    }
  }

  /** Returns the size of a colour table in bytes; 0 if the flags say that there is none. */
  private static int table(byte flags) {
    return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
  }

  /**
   * Returns the position after the sub-blocks that begin at {@code from}; a sub-block of length 0
   * ends them.
   */
  private static int blocks(byte[] gif, int from) {
    int at = from;
    while (gif[at] != 0) {
      at += 1 + (gif[at] & 0xff);
    }
    return at + 1;
  }

  private static int number(byte[] gif, int at) {
    return (gif[at] & 0xff) | ((gif[at + 1] & 0xff) << 8);
  }

  /** Returns the frame on its canvas, which is transparent around the frame. */
  Picture onCanvas(Picture frame) {
    ImageGeometry from = frame.geometry();
    if (from.height() == height && from.width() == width) {
      return frame;
    }
    ImageGeometry to = new ImageGeometry(height, width, 4);
    byte[] pixels = new byte[to.bytes()];
    int c = from.channels();
    for (int p = 0; p < from.height() * from.width(); p++) {
      int y = top + p / from.width();
      int x = left + p % from.width();
      int at = (y * width + x) * 4;
      System.arraycopy(frame.pixels(), p * c, pixels, at, c);
      if (c == 3) {
        pixels[at + 3] = (byte) 255;
      }
    }
    return new Picture(to, pixels);
  }
}
