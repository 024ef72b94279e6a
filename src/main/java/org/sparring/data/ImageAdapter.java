package org.sparring.data;

import java.util.Locale;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Limits;
import org.sparring.pictures.Picture;

/**
 * Converts images of one geometry to another, all in the same way, before a feature network sees
 * real and generated images.
 *
 * @param from geometry of the images
 * @param to a square geometry, with any number of channels
 * @param method how sizes are changed
 */
public record ImageAdapter(ImageGeometry from, ImageGeometry to, Method method) {
  /** Borders of up to this many pixels in total are assumed to be padding that Sparring added. */
  private static final int BORDER = 4;

  /** How an image is resized. */
  public enum Method {
    /** A crop where at most 4 pixels are too many, else resampled. */
    AUTO,
    /** The middle; only to smaller sizes. */
    CROP,
    /** The middle square; exact area averages to smaller sizes, bilinear to larger ones. */
    RESAMPLE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ImageAdapter {
    int surplus = Math.min(from.height(), from.width()) - to.height();
    if (method == Method.AUTO) {
      method = surplus >= 0 && surplus <= BORDER ? Method.CROP : Method.RESAMPLE;
    }
    Limits.require(
        method != Method.CROP || surplus >= 0, "a crop from " + from, "a size not above it", to);
  }

  /** Whether images stay as they are. */
  public boolean isIdentity() {
    return from.equals(to);
  }

  /**
   * @param image of the geometry {@link #from}
   * @return of the geometry {@link #to}, rounded to 8 bits
   */
  public byte[] apply(byte[] image) {
    if (isIdentity()) {
      return image;
    }
    Picture picture = new Picture(from, image);
    Picture sized = method == Method.CROP ? crop(picture) : picture;
    return new Fit(to.height(), to.channels()).apply(sized).pixels();
  }

  /** What is done, for a report: such as {@code crop 32×32 to 28×28}. */
  public String protocol() {
    String size = from.height() + "×" + from.width() + " to " + to.height() + "×" + to.width();
    String sized =
        from.sameSize(to)
            ? "none"
            : method == Method.CROP
                ? "crop " + size
                : from.height() > to.height()
                    ? "area average (antialiased) " + size + ", 8 bits"
                    : "bilinear (half-pixel centres) " + size + ", 8 bits";
    return from.channels() == to.channels()
        ? sized
        : sized + "; " + from.channels() + " channel(s) to " + to.channels();
  }

  private Picture crop(Picture picture) {
    ImageGeometry small = to.withChannels(from.channels());
    int top = (from.height() - to.height()) / 2;
    int left = (from.width() - to.width()) / 2;
    int row = small.width() * small.channels();
    byte[] cropped = new byte[small.bytes()];
    for (int y = 0; y < small.height(); y++) {
      int at = ((top + y) * from.width() + left) * from.channels();
      System.arraycopy(picture.pixels(), at, cropped, y * row, row);
    }
    return new Picture(small, cropped);
  }
}
