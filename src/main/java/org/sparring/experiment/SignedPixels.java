package org.sparring.experiment;

import org.sparring.data.ImageSource;

/** Stored pixels as networks see them: 0 … 255 → [−1, 1]. */
final class SignedPixels {
  private SignedPixels() {}

  /** Reads one image, (height, width, channels), to a place in an array. */
  static void read(ImageSource source, int index, float[] into, int offset) {
    byte[] image = new byte[source.geometry().bytes()];
    source.read(index, image, 0);
    for (int k = 0; k < image.length; k++) {
      into[offset + k] = (image[k] & 0xff) * (2f / 255f) - 1;
    }
  }
}
