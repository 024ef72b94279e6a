package org.sparring.data;

/**
 * How a folder or archive of images is read.
 *
 * @param skipBad whether images that cannot be decoded are left out; else they are refused
 * @param heldOut share of the images that is held out, in [0, 1)
 * @param oriented whether images are turned as their EXIF orientation says
 */
public record FolderOptions(boolean skipBad, double heldOut, boolean oriented) {
  /** Bad images are refused, none are held out. */
  public static final FolderOptions DEFAULT = new FolderOptions(false, 0, true);

  /** Images are turned as their EXIF orientation says. */
  public FolderOptions(boolean skipBad, double heldOut) {
    this(skipBad, heldOut, true);
  }

  public FolderOptions {
    Limits.require(
        heldOut >= 0 && heldOut < 1, "held-out share", "a number from 0 to below 1", heldOut);
  }
}
