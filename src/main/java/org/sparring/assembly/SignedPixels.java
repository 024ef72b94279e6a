package org.sparring.assembly;

import java.util.stream.IntStream;
import org.sparring.data.ImageSource;

/** Stored pixels as networks see them: 0 … 255 → [−1, 1]. */
public final class SignedPixels {
  private SignedPixels() {}

  /**
   * Returns {@code count} images, (count, height, width, channels), spread evenly over the source,
   * because some data sets are sorted. If {@code count} is the size of the source, these are all
   * its images in order.
   */
  public static float[] spread(ImageSource source, int count) {
    int each = source.geometry().bytes();
    float[] pixels = new float[count * each];
    for (int i = 0; i < count; i++) {
      read(source, (int) ((long) i * source.size() / count), pixels, i * each);
    }
    return pixels;
  }

  /** Returns the labels of the images that {@link #spread} returns, (count). */
  public static int[] spreadLabels(ImageSource source, int count) {
    return IntStream.range(0, count)
        .map(i -> source.label((int) ((long) i * source.size() / count)))
        .toArray();
  }

  /** Reads one image, (height, width, channels), to a place in an array. */
  public static void read(ImageSource source, int index, float[] into, int offset) {
    byte[] image = new byte[source.geometry().bytes()];
    source.read(index, image, 0);
    for (int k = 0; k < image.length; k++) {
      into[offset + k] = (image[k] & 0xff) * (2f / 255f) - 1;
    }
  }
}
