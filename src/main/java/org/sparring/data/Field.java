package org.sparring.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Limits;

/**
 * One field of the samples of a {@link Dataset}, such as an image, a point or a class label. For
 * example {@code image} of shape (28, 28, 1) and encoding {@link Encoding#UINT8}.
 *
 * @param name in lower case, with digits and underscores; a source has no two fields of one name
 * @param shape of one sample, without the batch, each axis at least 1; empty for a single number
 * @param encoding of the values
 * @param bound one more than the largest value of {@code CLASS}, {@code TOKEN} and {@code LENGTH};
 *     0 for real numbers
 */
public record Field(String name, List<Integer> shape, Encoding encoding, int bound) {
  /** Name of the field that holds the class of each sample. */
  public static final String LABEL = "label";

  /** Name of the image of an image data set. */
  public static final String IMAGE = "image";

  /** Name of the coordinates of a set of points. */
  public static final String POINT = "point";

  private static final int IMAGE_AXES = 3;

  public Field {
    shape = List.copyOf(shape);
    require(name.matches("[a-z][a-z0-9_]*"), "a name of a–z, 0–9 and _", name);
    require(shape.stream().allMatch(axis -> axis >= 1), name + ": axes of at least 1", shape);
    require(
        encoding.isReal() ? bound == 0 : bound >= 1,
        name + ": " + (encoding.isReal() ? "no bound of real numbers" : "a bound of at least 1"),
        bound);
    long bytes = encoding.bytes();
    for (int axis : shape) {
      bytes *= axis;
      require(bytes <= Limits.LONGEST_ARRAY, name + ": a sample of less than 2 GB", shape);
    }
  }

  /** An image of unsigned bytes, (height, width, channels). */
  public static Field image(String name, ImageGeometry geometry) {
    List<Integer> shape = List.of(geometry.height(), geometry.width(), geometry.channels());
    return new Field(name, shape, Encoding.UINT8, 0);
  }

  /** Real numbers of any shape. */
  public static Field floats(String name, int... shape) {
    return new Field(name, Arrays.stream(shape).boxed().toList(), Encoding.FLOAT32, 0);
  }

  /**
   * A class.
   *
   * @param classes number of classes, at least 1
   */
  public static Field classes(String name, int classes) {
    return new Field(name, List.of(), Encoding.CLASS, classes);
  }

  /**
   * A sequence of tokens.
   *
   * @param length tokens of the longest sequence, at least 1; shorter ones are padded
   * @param vocabulary number of different tokens, at least 1
   */
  public static Field tokens(String name, int length, int vocabulary) {
    return new Field(name, List.of(length), Encoding.TOKEN, vocabulary);
  }

  /** The field {@code NAME_length}: how many tokens of a sequence are used, 0 to all. */
  public static Field lengthOf(Field sequence) {
    int longest = sequence.shape().get(0);
    return new Field(sequence.name() + "_length", List.of(), Encoding.LENGTH, longest + 1);
  }

  /** Number of values of one sample. */
  public int values() {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  /** Bytes of one stored sample. */
  public int bytes() {
    return values() * encoding.bytes();
  }

  /** Whether it is an image: bytes of shape (height, width, channels), 1 to 4 channels. */
  public boolean isImage() {
    return encoding == Encoding.UINT8 && shape.size() == IMAGE_AXES && shape.get(2) <= 4;
  }

  /** The geometry of an image field. */
  public ImageGeometry geometry() {
    require(isImage(), name + ": an image of shape (height, width, channels)", this);
    return new ImageGeometry(shape.get(0), shape.get(1), shape.get(2));
  }

  /** For example {@code image (28, 28, 1) uint8}. */
  @Override
  public String toString() {
    String axes = shape.toString().replace('[', '(').replace(']', ')');
    return name
        + (shape.isEmpty() ? "" : " " + axes)
        + " "
        + encoding.name().toLowerCase(Locale.ROOT);
  }

  private static void require(boolean holds, String rule, Object found) {
    Limits.require(holds, "field", rule, found);
  }
}
