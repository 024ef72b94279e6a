package org.sparring.data;

import org.sparring.pictures.Limits;

/**
 * How the encoded images of a folder, an archive, Parquet or TFRecord files are read.
 *
 * @param skipBad whether images that cannot be decoded are left out; else they are refused
 * @param heldOut what is held out of a folder or archive: a share in [0, 1), or a whole number of
 *     images, or of groups where there are groups
 * @param oriented whether images are turned as their EXIF orientation says
 * @param groupBy what makes images a group that is held out as a whole: a column of a CSV file, or
 *     a regular expression between slashes; empty for none
 */
public record ImageOptions(boolean skipBad, double heldOut, boolean oriented, String groupBy) {
  /** The valid values of the held-out part, for messages. */
  public static final String HELD_OUT = "a share from 0 to below 1, or a whole number";

  /** Bad images are refused, none are held out. */
  public static final ImageOptions DEFAULT = new ImageOptions(false, 0, true);

  /** Images are turned as their EXIF orientation says. */
  public ImageOptions(boolean skipBad, double heldOut) {
    this(skipBad, heldOut, true);
  }

  /** There are no groups. */
  public ImageOptions(boolean skipBad, double heldOut, boolean oriented) {
    this(skipBad, heldOut, oriented, "");
  }

  public ImageOptions {
    Limits.require(canBeHeldOut(heldOut), "held-out part", HELD_OUT, heldOut);
  }

  /** Returns whether a number is a share below 1, or a whole number that an int can hold. */
  public static boolean canBeHeldOut(double heldOut) {
    return heldOut >= 0 && (heldOut < 1 || heldOut == (int) heldOut);
  }
}
