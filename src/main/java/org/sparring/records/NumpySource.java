package org.sparring.records;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.sparring.archives.ByteReader;
import org.sparring.data.DecodedImages;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.errors.DataException;
import org.sparring.pictures.ContentHash;
import org.sparring.pictures.Fit;
import org.sparring.pictures.ImageGeometry;
import org.sparring.pictures.Limits;
import org.sparring.pictures.Picture;

/**
 * Reads images from NumPy arrays: a {@code .npy} with one array, or an {@code .npz} with images and
 * optionally labels. Images are uint8, {@code (n, height, width)} or {@code (n, height, width,
 * channels)}; labels are integers, {@code (n)} or {@code (n, 1)}. If the names of arrays contain
 * {@code train} and {@code test}, for example {@code x_train} or {@code test_images}, they are the
 * parts.
 */
public final class NumpySource {
  private static final String EXPECTED =
      "one uint8 array of images, (n, height, width) or (n, height, width, channels)";

  private NumpySource() {}

  /**
   * Reads all images of a part.
   *
   * @param side pixels, or 0 for the size of the images; up to 4 pixels more are padded with zeros
   * @param channels 1–4, or 0 for the channels of the images
   */
  public static ImageSource open(Path file, Split split, int side, int channels) {
    if (!Files.isRegularFile(file)) {
      String found = Files.exists(file) ? "a folder" : "nothing there";
      throw DataException.in(file, "a .npz or .npy file", found, "Name such a file.");
    }
    Fit fit = new Fit(side, channels, IdxSource.PADDING);
    try {
      return isZip(file) ? packed(file, split, fit) : single(file, fit);
    } catch (IOException e) {
      throw ByteReader.unreadable(file, e, NpyArray.REMEDY);
    }
  }

  private static boolean isZip(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 'P' && in.read() == 'K';
    }
  }

  private static ImageSource single(Path file, Fit fit) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      NpyArray array = NpyArray.open(file.toString(), in);
      if (!isImages(array)) {
        throw refused(file.toString(), describe(array));
      }
      return new Images(file, "", true).of(array, null, fit);
    }
  }

  private static ImageSource packed(Path file, Split split, Fit fit) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<String> images = names(file, zip, NumpySource::isImages);
      List<String> train = of(images, "train");
      List<String> test = of(images, "test");
      boolean whole = train.isEmpty() || test.isEmpty();
      String part =
          whole ? (train.isEmpty() ? "" : "train") : split == Split.TEST ? "test" : "train";
      List<String> chosen = of(images, part);
      if (chosen.size() != 1) {
        throw refused(file.toString(), chosen.isEmpty() ? "none" : String.join(", ", chosen));
      }
      NpyArray array = open(file, zip, chosen.get(0));
      long count = array.shape()[0];
      List<String> labels =
          of(
              names(
                  file,
                  zip,
                  a ->
                      a.isInteger()
                          && a.shape().length <= 2
                          && a.shape()[0] == count
                          && a.elements() == count),
              part);
      if (labels.size() > 1) {
        throw DataException.in(
            file, "one array of labels at most", String.join(", ", labels), "Leave one there.");
      }
      NpyArray label = labels.isEmpty() ? null : open(file, zip, labels.get(0));
      return new Images(file, part, whole).of(array, label, fit);
    }
  }

  private static List<String> of(List<String> names, String part) {
    return names.stream().filter(n -> n.toLowerCase(Locale.ROOT).contains(part)).toList();
  }

  private static List<String> names(Path file, ZipFile zip, Predicate<NpyArray> wanted)
      throws IOException {
    List<String> names = new ArrayList<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      if (entry.getName().endsWith(".npy") && wanted.test(open(file, zip, entry.getName()))) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  /** Opens an array, whose stream is closed with the archive. */
  private static NpyArray open(Path file, ZipFile zip, String entry) throws IOException {
    InputStream in = new BufferedInputStream(zip.getInputStream(zip.getEntry(entry)), 1 << 16);
    return NpyArray.open(file + "!" + entry, in);
  }

  private static boolean isImages(NpyArray array) {
    int axes = array.shape().length;
    boolean sized = axes == 3 || (axes == 4 && array.shape()[3] >= 1 && array.shape()[3] <= 4);
    return array.isBytes() && sized && array.shape()[0] >= 1;
  }

  private static String describe(NpyArray array) {
    String order = array.fortran() ? " in Fortran's order" : "";
    return "type " + array.type() + ", shape " + Arrays.toString(array.shape()) + order;
  }

  private static DataException refused(String where, String found) {
    return DataException.in(where, EXPECTED, found, NpyArray.REMEDY);
  }

  /** Creates a source from arrays. */
  private record Images(Path file, String part, boolean whole) {
    ImageSource of(NpyArray images, NpyArray labels, Fit fit) {
      String name = "npz " + file.getFileName() + (whole ? "" : " " + part);
      long[] shape = images.shape();
      int longest = Fit.LONGEST_SIDE;
      if (shape[1] > longest || shape[2] > longest) {
        throw refused(file.toString(), describe(images));
      }
      ImageGeometry from =
          new ImageGeometry((int) shape[1], (int) shape[2], shape.length == 3 ? 1 : (int) shape[3]);
      byte[] stored = images.bytes();
      int count = (int) shape[0];
      int[] classes = labels == null ? none(count) : classes(labels);
      String hash = hash(from, fit, stored, classes);
      byte[] pixels = fitted(name, stored, from, count, fit);
      return new DecodedImages(
          name,
          new DecodedImages.Contents(fit.geometry(from), pixels, classes, List.of(), hash),
          whole);
    }

    private static int[] none(int count) {
      return IntStream.generate(() -> -1).limit(count).toArray();
    }

    private int[] classes(NpyArray labels) {
      long[] found = labels.integers();
      int[] classes = new int[found.length];
      for (int i = 0; i < found.length; i++) {
        if (found[i] < 0 || found[i] >= 1 << 20) {
          throw DataException.in(
              file,
              "labels from 0 to " + ((1 << 20) - 1),
              found[i] + " of image " + i,
              "Correct the array of labels.");
        }
        classes[i] = (int) found[i];
      }
      return classes;
    }

    private static String hash(ImageGeometry from, Fit fit, byte[] stored, int[] classes) {
      ContentHash hash =
          new ContentHash().geometry(fit.geometry(from)).geometry(from).bytes(stored);
      for (int label : classes) {
        hash.number(label);
      }
      return hash.hex();
    }

    private static byte[] fitted(
        String name, byte[] stored, ImageGeometry from, int count, Fit fit) {
      ImageGeometry to = fit.geometry(from);
      if (to.equals(from)) {
        return stored;
      }
      byte[] fitted = new byte[Limits.arrayLength(name, count, to.bytes())];
      IntStream.range(0, count)
          .parallel()
          .forEach(
              i -> {
                byte[] one = new byte[from.bytes()];
                System.arraycopy(stored, i * one.length, one, 0, one.length);
                byte[] image = fit.apply(new Picture(from, one)).pixels();
                System.arraycopy(image, 0, fitted, i * image.length, image.length);
              });
      return fitted;
    }
  }
}
