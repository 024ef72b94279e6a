package org.sparring.folders;

import org.sparring.data.ImageOptions;
import org.sparring.errors.DataException;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageDecoder;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Picture;

/**
 * How an encoded image becomes pixels.
 *
 * @param fit the size and channels
 * @param oriented whether the EXIF orientation is applied
 * @param cut the part of the image that is used
 */
record Conversion(Fit fit, boolean oriented, Cut cut) {
  /** The part of an image that is used. */
  enum Cut {
    WHOLE,
    /** The left half. */
    LEFT,
    /** The right half. */
    RIGHT
  }

  static Conversion of(Fit fit, ImageOptions options) {
    return new Conversion(fit, options.oriented(), Cut.WHOLE);
  }

  Conversion withCut(Cut other) {
    return new Conversion(fit, oriented, other);
  }

  /** The geometry of every image. */
  ImageGeometry geometry() {
    return fit.geometry(Fit.PHOTO);
  }

  /** Decodes the part of an image, at its own size. */
  Picture decoded(String title, byte[] encoded) {
    Picture whole = ImageDecoder.decode(title, encoded, oriented);
    return cut == Cut.WHOLE ? whole : half(title, whole);
  }

  private Picture half(String title, Picture whole) {
    ImageGeometry from = whole.geometry();
    if (from.width() % 2 != 0) {
      throw DataException.in(
          title,
          "two images side by side, so an even width",
          from.width() + " pixels",
          "Replace or remove it.");
    }
    ImageGeometry to = new ImageGeometry(from.height(), from.width() / 2, from.channels());
    int row = to.width() * to.channels();
    byte[] pixels = new byte[to.bytes()];
    for (int y = 0; y < to.height(); y++) {
      int at = 2 * y * row + (cut == Cut.RIGHT ? row : 0);
      System.arraycopy(whole.pixels(), at, pixels, y * row, row);
    }
    return new Picture(to, pixels);
  }
}
