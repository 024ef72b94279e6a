package org.sparring.datasets;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sparring.archives.FileNames;
import org.sparring.data.GlyphSource;
import org.sparring.data.ImageOptions;
import org.sparring.data.ImageSource;
import org.sparring.data.PointSources;
import org.sparring.data.PublishedDataset;
import org.sparring.data.Split;
import org.sparring.data.StackedDigits;
import org.sparring.errors.DataException;
import org.sparring.errors.EditDistance;
import org.sparring.folders.FolderSource;
import org.sparring.folders.PhotoTiles;
import org.sparring.pictures.Fit;
import org.sparring.pictures.Limits;
import org.sparring.records.Cifar100Source;
import org.sparring.records.Cifar10Source;
import org.sparring.records.EmnistSource;
import org.sparring.records.IdxSource;
import org.sparring.records.NumpySource;
import org.sparring.records.ParquetSource;
import org.sparring.records.RecordFiles;
import org.sparring.records.TfRecordSource;

/**
 * Opens a source from one line of text:
 *
 * <pre>
 * glyphs  glyphs:COUNT  mnist:DIR  fashion-mnist:DIR  kmnist:DIR  emnist:DIR#PART
 * cifar10:DIR  cifar100:DIR  folder:DIR_OR_ARCHIVE  parquet:FILE_OR_DIR  tfrecord:FILE_OR_DIR
 * npz:FILE  photos:DIR_OR_ARCHIVE  stacked-mnist:DIR  stacked-mnist:DIR#COUNT
 * </pre>
 */
public final class ImageSources {
  /** Number of images of {@code glyphs} without a count. */
  public static final int GLYPHS = 20_000;

  private static final int GLYPH_SIDE = 32;

  /**
   * Added to the seed for test images, so that they are generated from another random stream than
   * the training images.
   */
  private static final long TEST_STREAM = 0x7E57_0000_0000_0000L;

  private static final String FOLDER = "folder";
  private static final String PHOTOS = "photos";

  /** Kinds of which a part can be held out. */
  private static final List<String> SPLIT = List.of(FOLDER, PHOTOS);

  private static final List<String> KINDS =
      List.of(
          "glyphs",
          "mnist",
          "fashion-mnist",
          "kmnist",
          "emnist",
          "cifar10",
          "cifar100",
          FOLDER,
          PHOTOS,
          "parquet",
          "tfrecord",
          "npz",
          "stacked-mnist");

  /** A number sign and a count at the end; other number signs belong to the directory. */
  private static final Pattern COUNTED = Pattern.compile("(?<place>.*)#(?<count>[0-9]+)");

  private static final String COUNTED_STACKS = "stacked-mnist:data/mnist#128000";

  private ImageSources() {}

  /** Returns whether a text names a source, such as {@code folder:DIR}, rather than a file. */
  public static boolean isNamed(String text) {
    int colon = text.indexOf(':');
    return KINDS.contains(colon < 0 ? text : text.substring(0, colon));
  }

  /**
   * Opens {@code spec}.
   *
   * @param side pixels of the square, or 0 for native (glyphs 32, folder 64)
   * @param channels 1–4 (glyphs 1 or 3, stacks 3), or 0 for native (glyphs 1, folder 3)
   * @param seed seed of glyphs and stacks; other sources do not use it
   * @param split the part; of a folder without parts, both parts are all images
   * @throws DataException if the kind is unknown, or the files are missing or damaged
   */
  public static ImageSource open(String spec, int side, int channels, long seed, Split split) {
    return open(spec, side, channels, seed, split, ImageOptions.DEFAULT);
  }

  /**
   * Opens {@code spec} with options for folders and archives.
   *
   * @throws DataException also if a share is to be held out of a source that has its own parts
   */
  public static ImageSource open(
      String spec, int side, int channels, long seed, Split split, ImageOptions options) {
    int colon = spec.indexOf(':');
    String kind = colon < 0 ? spec : spec.substring(0, colon);
    String rest = colon < 0 ? "" : spec.substring(colon + 1);
    if (options.heldOut() > 0 && KINDS.contains(kind) && !SPLIT.contains(kind)) {
      throw DataException.in(
          "data source \"" + spec + "\"",
          "data.held_out 0, for images are held out of folders only",
          String.valueOf(options.heldOut()),
          "Leave data.held_out out.");
    }
    return switch (kind) {
      case "glyphs" -> glyphs(spec, rest, new Fit(side, channels), seed, split);
      case "mnist" -> idx(PublishedDataset.MNIST, spec, rest, new Fit(side, channels), split);
      case "fashion-mnist" ->
          idx(PublishedDataset.FASHION_MNIST, spec, rest, new Fit(side, channels), split);
      case "cifar10" ->
          Cifar10Source.open(place(spec, rest, PublishedDataset.CIFAR10), split, side, channels);
      case "kmnist" -> idx(PublishedDataset.KMNIST, spec, rest, new Fit(side, channels), split);
      case "emnist" -> emnist(spec, rest, new Fit(side, channels), split);
      case "cifar100" ->
          Cifar100Source.open(place(spec, rest, PublishedDataset.CIFAR100), split, side, channels);
      case "parquet" -> ParquetSource.open(path(spec, rest), split, side, channels, options);
      case "tfrecord" -> TfRecordSource.open(path(spec, rest), split, side, channels, options);
      case "npz" -> NumpySource.open(path(spec, rest), split, side, channels);
      case FOLDER -> FolderSource.open(path(spec, rest), side, channels, split, options);
      case PHOTOS -> PhotoTiles.open(path(spec, rest), side, channels, split, options);
      case "stacked-mnist" -> stacked(spec, rest, new Fit(side, channels), seed, split);
      default -> throw unknown(spec, kind);
    };
  }

  private static ImageSource glyphs(String spec, String count, Fit fit, long seed, Split split) {
    return new GlyphSource(
        count.isEmpty() ? GLYPHS : count(spec, count, "glyphs:20000"),
        fit.side() == 0 ? GLYPH_SIDE : fit.side(),
        fit.channels() == 0 ? 1 : fit.channels(),
        split == Split.TEST ? seed + TEST_STREAM : seed);
  }

  private static int count(String spec, String text, String example) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw DataException.in(
          "data source \"" + spec + "\"",
          "a number of images, at most " + Integer.MAX_VALUE,
          "\"" + text + "\"",
          "Write for example " + example + ".");
    }
  }

  /** Opens stacks of digits. Both parts use all digits, but in different combinations. */
  private static ImageSource stacked(String spec, String rest, Fit fit, long seed, Split split) {
    Limits.require(
        fit.channels() == 0 || fit.channels() == 3, "stacked-mnist", "3 channels", fit.channels());
    Matcher counted = COUNTED.matcher(rest);
    boolean withCount = counted.matches();
    Path directory = place(spec, withCount ? counted.group("place") : rest, PublishedDataset.MNIST);
    int count =
        withCount ? count(spec, counted.group("count"), COUNTED_STACKS) : StackedDigits.COUNT;
    List<ImageSource> digits =
        Stream.of(Split.values())
            .<ImageSource>map(
                s -> IdxSource.open(PublishedDataset.MNIST, directory, s, fit.side(), 1))
            .toList();
    return new StackedDigits(digits, count, split == Split.TEST ? seed + TEST_STREAM : seed);
  }

  private static ImageSource idx(
      PublishedDataset dataset, String spec, String rest, Fit fit, Split split) {
    Path directory = place(spec, rest, dataset);
    return IdxSource.open(dataset, directory, split, fit.side(), fit.channels());
  }

  /** Opens EMNIST. The part is named after the number sign. */
  private static ImageSource emnist(String spec, String rest, Fit fit, Split split) {
    int sign = rest.lastIndexOf('#');
    String part = sign < 0 ? "balanced" : rest.substring(sign + 1);
    Path directory =
        place(spec, sign < 0 ? rest : rest.substring(0, sign), PublishedDataset.EMNIST);
    return EmnistSource.open(directory, part, split, fit.side(), fit.channels());
  }

  private static Path place(String spec, String rest, PublishedDataset dataset) {
    Path place = path(spec, rest);
    if (!Files.exists(place)) {
      throw DataException.in(
          place, "the files of " + dataset.kind(), "nothing there", dataset.fetch(place));
    }
    return place;
  }

  private static Path path(String spec, String text) {
    String subject = "data source \"" + spec + "\"";
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      throw DataException.in(subject, "a path", e.getMessage(), FileNames.remedy()).because(e);
    }
    throw DataException.in(
        subject, "a path after the colon", "none", "Write for example mnist:data/mnist.");
  }

  private static DataException unknown(String spec, String kind) {
    String subject = "data source \"" + spec + "\"";
    if (PointSources.NAMES.contains(kind)) {
      return DataException.in(
          subject,
          "images of one of " + String.join(", ", KINDS),
          "\"" + spec + "\"",
          "Write " + kind + " without a colon, in a command that takes points.");
    }
    if (DataSources.isNamed(spec)) {
      return DataException.in(
          subject,
          "images of one of " + String.join(", ", KINDS),
          kind + ", which are two images or two data sets",
          "Name one folder: folder:DIR.");
    }
    List<String> all =
        Stream.of(KINDS, DataSources.KINDS, PointSources.NAMES).flatMap(List::stream).toList();
    String expected = "one of " + String.join(", ", all);
    if (isThere(spec)) {
      return DataException.in(
          subject, expected, "a path without one of them", "Did you mean " + meant(spec) + "?");
    }
    String nearest = EditDistance.nearest(kind, all);
    return DataException.in(subject, expected, "\"" + kind + "\"", "Did you mean " + nearest + "?");
  }

  private static String meant(String path) {
    return RecordFiles.source(Path.of(path)).orElse(FOLDER + ":" + path);
  }

  private static boolean isThere(String spec) {
    try {
      return Files.exists(Path.of(spec));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
