package org.sparring.datasets;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.archives.FileNames;
import org.sparring.data.Dataset;
import org.sparring.data.ImageOptions;
import org.sparring.data.Split;
import org.sparring.errors.DataException;
import org.sparring.folders.PairedImages;
import org.sparring.folders.TwoFolders;
import org.sparring.pictures.Fit;

/**
 * Opens the data sets of a run from one line of text: what {@link ImageSources} opens is one data
 * set named {@link #DATA}, and
 *
 * <pre>
 * pairs:DIR_A,DIR_B     pairs:DIR_OR_ARCHIVE#FOLDER_A,FOLDER_B     pairs:DIR_OR_ARCHIVE#side-by-side
 * domains:DIR_A,DIR_B   domains:DIR_OR_ARCHIVE#FOLDER_A,FOLDER_B
 * </pre>
 *
 * <p>Pairs are one data set with the images {@code a} and {@code b} of each sample. Domains are two
 * data sets named {@code a} and {@code b}, of images that are no pairs.
 */
public final class DataSources {
  /** Name of the only data set of a run. */
  public static final String DATA = "data";

  private static final String PAIRS = "pairs";
  private static final String DOMAINS = "domains";

  /** Kinds that are opened here and not by {@link ImageSources}. */
  static final List<String> KINDS = List.of(PAIRS, DOMAINS);

  private DataSources() {}

  /** Returns whether a text names pairs or domains. */
  public static boolean isNamed(String spec) {
    return KINDS.contains(kind(spec));
  }

  /**
   * Opens {@code spec}.
   *
   * @param fit side of the square, or 0 for native (folders 64), and channels, or 0 for native
   *     (folders 3)
   * @param seed seed of glyphs and stacks; other sources do not use it
   * @param split the part; of data without parts, both parts are all samples
   * @return the data sets by their names, {@code a} before {@code b}
   * @throws DataException if the kind is unknown, or the files are missing, damaged or no pairs
   */
  public static Map<String, Dataset> open(
      String spec, Fit fit, long seed, Split split, ImageOptions options) {
    Fit photos = Fit.ofPhotos(fit.side(), fit.channels());
    return switch (kind(spec)) {
      case PAIRS -> Map.of(DATA, pairs(spec, photos, split, options));
      case DOMAINS -> folders(spec).domains(split, photos, options);
      default ->
          Map.of(DATA, ImageSources.open(spec, fit.side(), fit.channels(), seed, split, options));
    };
  }

  private static String kind(String spec) {
    int colon = spec.indexOf(':');
    return colon < 0 ? "" : spec.substring(0, colon);
  }

  private static String rest(String spec) {
    return spec.substring(spec.indexOf(':') + 1);
  }

  private static PairedImages pairs(String spec, Fit fit, Split split, ImageOptions options) {
    String halves = "#" + TwoFolders.SIDE_BY_SIDE;
    if (spec.endsWith(halves)) {
      String place = rest(spec).substring(0, rest(spec).length() - halves.length());
      return PairedImages.sideBySide(path(spec, place), split, fit, options);
    }
    return PairedImages.of(folders(spec), split, fit, options);
  }

  private static TwoFolders folders(String spec) {
    String rest = rest(spec);
    Optional<Path> place = placeInside(spec, rest);
    String[] names =
        rest.substring(place.isPresent() ? rest.lastIndexOf('#') + 1 : 0).split(",", -1);
    if (names.length != 2 || names[0].isBlank() || names[1].isBlank()) {
      String kind = kind(spec);
      throw DataException.in(
          subject(spec),
          kind + ":DIR_A,DIR_B or " + kind + ":DIR_OR_ARCHIVE#FOLDER_A,FOLDER_B",
          "\"" + rest + "\"",
          "Write two folders with a comma between them.");
    }
    return place.isPresent()
        ? TwoFolders.inside(place.get(), names[0].strip(), names[1].strip())
        : TwoFolders.of(path(spec, names[0].strip()), path(spec, names[1].strip()));
  }

  /** The place before the number sign; empty if the sign is part of a folder's name. */
  private static Optional<Path> placeInside(String spec, String rest) {
    int sign = rest.lastIndexOf('#');
    if (sign < 0) {
      return Optional.empty();
    }
    String[] apart = rest.split(",", -1);
    boolean folders = apart.length == 2 && Files.exists(path(spec, apart[0].strip()));
    return folders ? Optional.empty() : Optional.of(path(spec, rest.substring(0, sign)));
  }

  private static Path path(String spec, String text) {
    try {
      if (!text.isBlank()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      throw DataException.in(subject(spec), "a path", e.getMessage(), FileNames.remedy())
          .because(e);
    }
    throw DataException.in(
        subject(spec), "a path after the colon", "none", "Write for example pairs:photos,maps.");
  }

  private static String subject(String spec) {
    return "data source \"" + spec + "\"";
  }
}
