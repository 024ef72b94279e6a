package org.sparring.data;

import org.sparring.pictures.Limits;

/**
 * How the encoded images of a folder, an archive, Parquet or TFRecord files are read.
 *
 * @param skipBad whether images that cannot be decoded are left out; else they are refused
 * @param heldOut share of the images of a folder or archive that is held out, in [0, 1)
 * @param oriented whether images are turned as their EXIF orientation says
 */
public record ImageOptions(boolean skipBad, double heldOut, boolean oriented) {
  /** Bad images are refused, none are held out. */
  public static final ImageOptions DEFAULT = new ImageOptions(false, 0, true);

  /** Images are turned as their EXIF orientation says. */
  public ImageOptions(boolean skipBad, double heldOut) {
    this(skipBad, heldOut, true);
  }

  public ImageOptions {
    Limits.require(
        heldOut >= 0 && heldOut < 1, "held-out share", "a number from 0 to below 1", heldOut);
  }
}
