package org.sparring.records;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.sparring.archives.ByteReader;
import org.sparring.data.PublishedDataset;
import org.sparring.data.Split;
import org.sparring.data.StoredImages;
import org.sparring.errors.Advice;
import org.sparring.errors.DataException;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Limits;

/**
 * MNIST, Fashion-MNIST and KMNIST: an images file and a labels file in the IDX format, plain or
 * gzip. All images are kept in memory; damaged files are refused.
 *
 * <p>Images: magic 0x00000803, count, rows, columns (big-endian), then bytes. Labels: magic
 * 0x00000801, count, then bytes.
 */
public final class IdxSource extends StoredImages {
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;
  private static final int CLASSES = 10;

  /**
   * Images are padded and not resized up to this many pixels, so 28 → 32 keeps every stroke
   * unchanged.
   */
  static final int PADDING = 4;

  private static final List<String> CLOTHES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  /** The Hiragana of the ten classes of Kuzushiji. */
  private static final List<String> KANA =
      List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo");

  private final PublishedDataset dataset;

  private IdxSource(PublishedDataset dataset, String name, Decoded images) {
    super(name, images);
    this.dataset = dataset;
  }

  @Override
  public List<String> labelNames() {
    return switch (dataset) {
      case FASHION_MNIST -> CLOTHES.subList(0, classes());
      case KMNIST -> KANA.subList(0, classes());
      default -> super.labelNames();
    };
  }

  /**
   * Reads and checks a whole split.
   *
   * @param dataset {@link PublishedDataset#MNIST} or a data set with the same files; determines
   *     names and remedies
   * @param directory contains the files under their official names, with or without {@code .gz}
   * @param side pixels, or 0 for native; up to 4 pixels more than native are padded with zeros
   * @param channels 1–4, or 0 for native
   */
  public static IdxSource open(
      PublishedDataset dataset, Path directory, Split split, int side, int channels) {
    String name = dataset.kind() + " " + split;
    Advice missing = dataset.fetch(directory);
    Path imagesFile = find(directory, stem(split) + "-images-idx3-ubyte", missing);
    Path labelsFile = find(directory, stem(split) + "-labels-idx1-ubyte", missing);
    String remedy = dataset.replacement(directory);
    Fit fit = new Fit(side, channels, PADDING);
    byte[] labels = labels(labelsFile, remedy);
    return new IdxSource(dataset, name, images(imagesFile, labels, remedy).fitted(fit, name));
  }

  private static String stem(Split split) {
    return split == Split.TRAIN ? "train" : "t10k";
  }

  private static Path find(Path directory, String name, Advice remedy) {
    Path packed = directory.resolve(name + ".gz");
    if (Files.isRegularFile(packed)) {
      return packed;
    }
    Path plain = directory.resolve(name);
    if (Files.isRegularFile(plain)) {
      return plain;
    }
    String found = Files.isDirectory(directory) ? "neither" : "no such directory";
    throw DataException.in(directory, name + " or " + name + ".gz", found, remedy);
  }

  private static byte[] labels(Path file, String remedy) {
    try (ByteReader in = ByteReader.open(file, remedy)) {
      return labels(in, 0, CLASSES);
    }
  }

  /** Reads a labels file; returns labels from 0. */
  static byte[] labels(ByteReader in, int first, int classes) {
    checkMagic(in, LABELS);
    byte[] labels = in.exactly(count(in), "labels");
    in.end();
    for (int i = 0; i < labels.length; i++) {
      int label = labels[i] & 0xff;
      if (label < first || label >= first + classes) {
        String expected = "a label from " + first + " to " + (first + classes - 1);
        throw in.fault(8L + i, expected, Integer.toString(label));
      }
      labels[i] = (byte) (label - first);
    }
    return labels;
  }

  private static Decoded images(Path file, byte[] labels, String remedy) {
    try (ByteReader in = ByteReader.open(file, remedy)) {
      return images(in, file.toString(), labels);
    }
  }

  /** Reads an images file. */
  static Decoded images(ByteReader in, String title, byte[] labels) {
    checkMagic(in, IMAGES);
    long countAt = in.offset();
    int count = count(in);
    if (count != labels.length) {
      String expected = labels.length + " images, as many as there are labels";
      throw in.fault(countAt, expected, Integer.toString(count));
    }
    ImageGeometry geometry = new ImageGeometry(side(in, "rows"), side(in, "columns"), 1);
    int length = Limits.arrayLength(title, count, geometry.bytes());
    byte[] pixels = in.exactly(length, "pixels");
    in.end();
    return new Decoded(geometry, pixels, labels);
  }

  private static void checkMagic(ByteReader in, int expected) {
    int found = in.number("magic number");
    if (found != expected) {
      throw in.fault(0, describe(expected), describe(found));
    }
  }

  private static String describe(int magic) {
    String meaning =
        switch (magic) {
          case IMAGES -> " (an IDX images file)";
          case LABELS -> " (an IDX labels file)";
          default -> " (not an IDX file of bytes)";
        };
    return String.format(Locale.ROOT, "magic number 0x%08x", magic) + meaning;
  }

  private static int count(ByteReader in) {
    long at = in.offset();
    int count = in.number("count");
    if (count < 1) {
      throw in.fault(at, "a count of 1 or more", Integer.toString(count));
    }
    return count;
  }

  private static int side(ByteReader in, String what) {
    long at = in.offset();
    int side = in.number(what);
    if (side < 1 || side > Fit.LONGEST_SIDE) {
      String expected = what + " from 1 to " + Fit.LONGEST_SIDE;
      throw in.fault(at, expected, Integer.toString(side));
    }
    return side;
  }
}
