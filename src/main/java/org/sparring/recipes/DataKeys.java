package org.sparring.recipes;

import static org.sparring.errors.RecipeException.require;
import static org.sparring.errors.RecipeException.requireAtLeast;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.sparring.data.ImageOptions;

/**
 * Which samples are learned and how they are read.
 *
 * <p>Each {@code with} method returns a copy with one value changed.
 *
 * @param source The data set. Values: {@code glyphs}, {@code mnist:DIR}, {@code fashion-mnist:DIR},
 *     {@code kmnist:DIR}, {@code emnist:DIR#PART}, {@code cifar10:DIR}, {@code cifar100:DIR},
 *     {@code stacked-mnist:DIR#COUNT}, {@code folder:DIR_OR_ARCHIVE}, {@code parquet:FILE_OR_DIR},
 *     {@code tfrecord:FILE_OR_DIR}, {@code npz:FILE}; squares of photos: {@code
 *     photos:DIR_OR_ARCHIVE}; pairs of images: {@code pairs:DIR_A,DIR_B}, {@code
 *     pairs:DIR_OR_ARCHIVE#FOLDER_A,FOLDER_B}, {@code pairs:DIR_OR_ARCHIVE#side-by-side}; two data
 *     sets: {@code domains:DIR_A,DIR_B}, {@code domains:DIR_OR_ARCHIVE#FOLDER_A,FOLDER_B}; points
 *     of the plane: {@code ring}, {@code grid}
 * @param side Height and width of the images in pixels, after resizing. Convolutional networks take
 *     s·2^k with s from 4 to 15 and k of at least 1, such as 28, 32, 48, 64 or 128. Range: 1 or
 *     more; 0 keeps the size of the source
 * @param channels Colour channels: 1 is grey, 3 is RGB. Range: 1 to 4; 0 keeps the channels of the
 *     source
 * @param residence Where the decoded images are kept during training. The weights do not depend on
 *     it.
 * @param variation How images are varied at random.
 * @param heldOut What is never trained on and used to measure overfitting: a share of the images of
 *     a folder, or a number of them, chosen by a hash of their names. With `data.group_by` a share
 *     or a number of groups. A folder with {@code train/} and {@code test/} does not need it.
 *     Range: 0 to below 1, or a whole number
 * @param groupBy What the images of a group have in common. Groups are held out as a whole, so that
 *     nearly equal images are never in both parts. Values: a column of a CSV file in the folder,
 *     whose column {@code file}, or else its first, names the images; {@code /REGEX/}, whose first
 *     group finds the key in the name of an image, such as {@code /^([^-.]+)/}; nothing: each image
 *     is a group
 * @param skipBad Whether image files that cannot be decoded are skipped and listed. Otherwise the
 *     first one is an error.
 * @param orientation Whether images of folders, Parquet and TFRecord files are rotated as their
 *     EXIF orientation says.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record DataKeys(
    String source,
    int side,
    int channels,
    Residence residence,
    @JsonUnwrapped VariationKeys variation,
    double heldOut,
    String groupBy,
    boolean skipBad,
    boolean orientation) {
  /** The values of the keys that a recipe does not name. */
  public static final DataKeys DEFAULT =
      new DataKeys("glyphs", 32, 1, Residence.AUTO, VariationKeys.DEFAULT, 0, "", false, true);

  private static final int MOST_CHANNELS = 4;

  /** Where the decoded images are kept during training. */
  public enum Residence implements Keyword {
    /** On the device, except image files of more than 1 GiB of pixels, which are streamed. */
    AUTO,
    /** All images are loaded into the memory of the device before training. */
    DEVICE,
    /** Images are read and decoded while training. */
    STREAM;

    /** Finds a value by its name in YAML. */
    @JsonCreator
    public static Residence of(String label) {
      return Keyword.find("data.residence", label, values());
    }
  }

  public DataKeys {
    requireAtLeast("data.side", side, 0);
    require(
        channels >= 0 && channels <= MOST_CHANNELS,
        "data.channels: expected 1 to 4, or 0 for the source's own, found " + channels);
    require(
        ImageOptions.canBeHeldOut(heldOut),
        "data.held_out: expected " + ImageOptions.HELD_OUT + ", found " + heldOut);
  }

  public DataKeys withSource(String source) {
    return new DataKeys(
        source, side, channels, residence, variation, heldOut, groupBy, skipBad, orientation);
  }

  public DataKeys withSide(int side) {
    return new DataKeys(
        source, side, channels, residence, variation, heldOut, groupBy, skipBad, orientation);
  }

  public DataKeys withChannels(int channels) {
    return new DataKeys(
        source, side, channels, residence, variation, heldOut, groupBy, skipBad, orientation);
  }

  public DataKeys withResidence(Residence residence) {
    return new DataKeys(
        source, side, channels, residence, variation, heldOut, groupBy, skipBad, orientation);
  }

  public DataKeys withVariation(VariationKeys variation) {
    return new DataKeys(
        source, side, channels, residence, variation, heldOut, groupBy, skipBad, orientation);
  }

  public DataKeys withMirror(boolean mirror) {
    return withVariation(variation.withMirror(mirror));
  }

  public DataKeys withCrop(int crop) {
    return withVariation(variation.withCrop(crop));
  }

  public DataKeys withTurn(boolean turn) {
    return withVariation(variation.withTurn(turn));
  }

  public DataKeys withHeldOut(double heldOut) {
    return new DataKeys(
        source, side, channels, residence, variation, heldOut, groupBy, skipBad, orientation);
  }

  public DataKeys withGroupBy(String groupBy) {
    return new DataKeys(
        source, side, channels, residence, variation, heldOut, groupBy, skipBad, orientation);
  }

  public DataKeys withSkipBad(boolean skipBad) {
    return new DataKeys(
        source, side, channels, residence, variation, heldOut, groupBy, skipBad, orientation);
  }

  public DataKeys withOrientation(boolean orientation) {
    return new DataKeys(
        source, side, channels, residence, variation, heldOut, groupBy, skipBad, orientation);
  }

  /** Whether half of the real images are flipped horizontally. */
  public boolean mirror() {
    return variation.mirror();
  }

  /** Side of the square that is cut out of each real image; 0 for whole images. */
  public int crop() {
    return variation.crop();
  }

  /** Whether real images are rotated by right angles. */
  public boolean turn() {
    return variation.turn();
  }
}
