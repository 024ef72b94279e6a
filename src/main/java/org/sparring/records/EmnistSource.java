package org.sparring.records;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.sparring.archives.ByteReader;
import org.sparring.data.PublishedDataset;
import org.sparring.data.Split;
import org.sparring.data.StoredImages;
import org.sparring.errors.DataException;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageGeometry;

/**
 * EMNIST (Cohen et al. 2017, arXiv 1702.05373) in the IDX format. The files store images with rows
 * and columns exchanged, and number letters from 1; this class corrects both.
 */
public final class EmnistSource extends StoredImages {
  private static final List<String> DIGITS = List.of("0123456789".split(""));
  private static final List<String> CAPITALS = List.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ".split(""));
  private static final List<String> SMALL = List.of("abcdefghijklmnopqrstuvwxyz".split(""));

  /** Small letters whose shape differs from their capitals. */
  private static final List<String> UNLIKE = List.of("abdefghnqrt".split(""));

  private static final List<String> MERGED = joined(List.of(DIGITS, CAPITALS, UNLIKE));

  /** Class names of each part, indexed by label. */
  private static final Map<String, List<String>> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("balanced", MERGED);
    PARTS.put("byclass", joined(List.of(DIGITS, CAPITALS, SMALL)));
    PARTS.put("bymerge", MERGED);
    PARTS.put("letters", SMALL);
    PARTS.put("digits", DIGITS);
    PARTS.put("mnist", DIGITS);
  }

  private static final String FOLDER = "gzip";
  private static final String ARCHIVE = "gzip.zip";

  private final List<String> names;

  private EmnistSource(String name, Decoded images, List<String> names) {
    super(name, images);
    this.names = names;
  }

  private static List<String> joined(List<List<String>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }

  /**
   * Reads and checks a whole split of a part.
   *
   * @param directory contains the files of the part, a folder {@code gzip/} with them, or {@code
   *     gzip.zip}
   * @param part such as {@code letters}
   * @param side pixels, or 0 for native; up to 4 pixels more than native are padded with zeros
   * @param channels 1–4, or 0 for native
   */
  public static EmnistSource open(
      Path directory, String part, Split split, int side, int channels) {
    List<String> names = PARTS.get(part);
    if (names == null) {
      throw DataException.in(
          "emnist",
          "a part of " + String.join(", ", PARTS.keySet()),
          "\"" + part + "\"",
          "Write for example emnist:data/emnist#letters.");
    }
    String name = "emnist " + part + " " + split;
    String stem = "emnist-" + part + "-" + (split == Split.TRAIN ? "train" : "test");
    int first = part.equals("letters") ? 1 : 0;
    byte[] labels =
        read(
            directory,
            stem + "-labels-idx1-ubyte",
            (in, title) -> IdxSource.labels(in, first, names.size()));
    Decoded stored =
        read(
            directory,
            stem + "-images-idx3-ubyte",
            (in, title) -> IdxSource.images(in, title, labels));
    Fit fit = new Fit(side, channels, IdxSource.PADDING);
    return new EmnistSource(name, transposed(stored).fitted(fit, name), names);
  }

  @Override
  public int classes() {
    return names.size();
  }

  @Override
  public List<String> labelNames() {
    return names;
  }

  private interface Reading<T> {
    T of(ByteReader in, String title);
  }

  private static <T> T read(Path directory, String name, Reading<T> reading) {
    String remedy = PublishedDataset.EMNIST.replacement(directory);
    for (Path place : List.of(directory, directory.resolve(FOLDER))) {
      for (Path file : List.of(place.resolve(name + ".gz"), place.resolve(name))) {
        if (Files.isRegularFile(file)) {
          try (ByteReader in = ByteReader.open(file, remedy)) {
            return reading.of(in, file.toString());
          }
        }
      }
    }
    Path archive = directory.resolve(ARCHIVE);
    if (!Files.isRegularFile(archive)) {
      throw DataException.in(
          directory,
          name + ".gz, " + FOLDER + "/ with it, or " + ARCHIVE,
          "none of them",
          PublishedDataset.EMNIST.fetch(directory));
    }
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      return packed(zip, archive, name, reading);
    } catch (IOException e) {
      throw ByteReader.unreadable(archive, e, remedy);
    }
  }

  private static <T> T packed(ZipFile zip, Path archive, String name, Reading<T> reading)
      throws IOException {
    String remedy = PublishedDataset.EMNIST.replacement(archive.toAbsolutePath().getParent());
    ZipEntry entry = zip.getEntry(FOLDER + "/" + name + ".gz");
    if (entry == null) {
      throw DataException.in(archive, "an entry " + FOLDER + "/" + name + ".gz", "none", remedy);
    }
    String title = archive + "!" + entry.getName();
    try (InputStream raw = ByteReader.unpacked(zip.getInputStream(entry));
        ByteReader in = new ByteReader(raw, title, remedy)) {
      return reading.of(in, title);
    }
  }

  /** Returns the images with rows and columns exchanged. */
  private static Decoded transposed(Decoded stored) {
    int height = stored.geometry().height();
    int width = stored.geometry().width();
    byte[] pixels = new byte[stored.pixels().length];
    IntStream.range(0, stored.labels().length)
        .parallel()
        .forEach(
            i -> {
              int at = i * height * width;
              for (int p = 0; p < height * width; p++) {
                pixels[at + p % width * height + p / width] = stored.pixels()[at + p];
              }
            });
    return new Decoded(new ImageGeometry(width, height, 1), pixels, stored.labels());
  }
}
