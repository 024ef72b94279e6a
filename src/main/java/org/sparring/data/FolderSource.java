package org.sparring.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * PNG and JPEG images of any sizes below a folder, or in a zip, tar or tar.gz, brought to one
 * square size. The order is that of the relative paths, compared character by character, so a
 * folder and its archive give the same images under the same indices and the same content hash.
 *
 * <p>Files of a folder are decoded when read; an archive is decoded once, into memory. Where all
 * class folders are named by numbers from 0 to 999, as a synthetic data set's, an image's label is
 * its immediate folder's number; where there are two or more of other names it is the rank of the
 * name; otherwise all are unlabelled.
 */
public final class FolderSource implements ImageSource {
  /** What side 0 and channels 0 mean here: images of mixed sizes have no native geometry. */
  static final ImageGeometry NATIVE = new ImageGeometry(64, 64, 3);

  private static final String REMEDY = "Name a folder, .zip, .tar, .tar.gz or .tgz of images.";

  private static final String REPACK = "Copy or pack the archive again.";

  private final Path place;
  private final Fit fit;
  private final List<String> names;
  private final Labels labels;
  private final Optional<PackedImages> packed;
  private String contentHash;

  private FolderSource(Path place, Fit fit, List<String> names, Optional<PackedImages> packed) {
    this.place = place;
    this.fit = fit;
    this.names = names;
    this.labels = Labels.of(names);
    this.packed = packed;
  }

  /**
   * Finds the images of a folder, or decodes those of an archive.
   *
   * @param place a folder, searched with all its subfolders, or an archive
   * @param side pixels, or 0 for 64
   * @param channels 1–4, or 0 for 3
   */
  public static FolderSource open(Path place, int side, int channels) {
    Fit fit =
        new Fit(side == 0 ? NATIVE.height() : side, channels == 0 ? NATIVE.channels() : channels);
    if (Files.isDirectory(place)) {
      return new FolderSource(place, fit, filesBelow(place), Optional.empty());
    }
    if (Files.isRegularFile(place) && Archive.isArchive(place)) {
      PackedImages packed = PackedImages.decode(new Archive(place, REPACK), fit);
      return new FolderSource(place, fit, packed.names(), Optional.of(packed));
    }
    String found = Files.exists(place) ? "another kind of file" : "nothing there";
    throw DataException.in(place, "a folder or archive of images", found, REMEDY);
  }

  /** Refuses a place without a single image. */
  static List<String> nonEmpty(Path place, List<String> names) {
    if (names.isEmpty()) {
      throw DataException.in(
          place, "at least one .png, .jpg or .jpeg image", "none", "Put images there. " + REMEDY);
    }
    return names;
  }

  private static List<String> filesBelow(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return nonEmpty(
          folder,
          paths
              .filter(Files::isRegularFile)
              .map(path -> folder.relativize(path).toString().replace('\\', '/'))
              .filter(ImageDecoder::isImageName)
              .sorted()
              .toList());
    } catch (IOException | java.io.UncheckedIOException e) {
      throw DataException.in(folder, "a readable folder", String.valueOf(e.getMessage()), REMEDY)
          .because(e);
    }
  }

  @Override
  public String name() {
    return "folder " + place.getFileName();
  }

  @Override
  public int size() {
    return names.size();
  }

  @Override
  public ImageGeometry geometry() {
    return fit.geometry(NATIVE);
  }

  @Override
  public void read(int index, byte[] into, int offset) {
    Limits.checkRead(this, index, into, offset);
    int each = geometry().bytes();
    if (packed.isPresent()) {
      System.arraycopy(packed.get().pixels(), index * each, into, offset, each);
    } else {
      Path file = file(index);
      Picture picture = ImageDecoder.decode(file.toString(), bytes(file), true);
      System.arraycopy(fit.apply(picture).pixels(), 0, into, offset, each);
    }
  }

  @Override
  public int label(int index) {
    return labels.of(Objects.checkIndex(index, size()));
  }

  /** Class names by label; empty where the images are unlabelled. */
  public List<String> labelNames() {
    return labels.classes();
  }

  @Override
  public Optional<List<Path>> files() {
    return packed.isPresent()
        ? Optional.empty()
        : Optional.of(IntStream.range(0, size()).mapToObj(this::file).toList());
  }

  /** Hashes names, sizes and encoded bytes: the same for a folder and for its archive. */
  @Override
  public synchronized String contentHash() {
    if (contentHash == null) {
      List<String> each =
          packed
              .map(PackedImages::hashes)
              .orElseGet(
                  () ->
                      IntStream.range(0, size())
                          .parallel()
                          .mapToObj(i -> hash(bytes(file(i))))
                          .toList());
      ContentHash all = new ContentHash().geometry(geometry());
      for (int i = 0; i < size(); i++) {
        all.text(names.get(i)).text(each.get(i));
      }
      contentHash = all.hex();
    }
    return contentHash;
  }

  /** The hash of one encoded image, its size included. */
  static String hash(byte[] encoded) {
    return new ContentHash().number(encoded.length).bytes(encoded).hex();
  }

  private Path file(int index) {
    return place.resolve(names.get(index));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw ByteReader.unreadable(file, e, "Leave the folder alone while it is in use.");
    }
  }

  /** Class names, and the class of each image; no class names, no labels. */
  private record Labels(List<String> classes, int[] each) {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,2}");

    static Labels of(List<String> names) {
      List<String> folders = names.stream().map(Labels::folder).toList();
      if (folders.stream().allMatch(f -> NUMBER.matcher(f).matches())) {
        return numbered(folders.stream().mapToInt(Integer::parseInt).toArray());
      }
      List<String> classes = folders.stream().distinct().sorted().toList();
      if (classes.size() < 2 || classes.contains("")) {
        return new Labels(List.of(), new int[0]);
      }
      Map<String, Integer> ranks = new HashMap<>();
      classes.forEach(c -> ranks.put(c, ranks.size()));
      return new Labels(classes, folders.stream().mapToInt(ranks::get).toArray());
    }

    /** A class that no folder is of keeps its place. */
    private static Labels numbered(int[] each) {
      int most = IntStream.of(each).max().orElseThrow();
      return new Labels(IntStream.rangeClosed(0, most).mapToObj(Integer::toString).toList(), each);
    }

    int of(int index) {
      return classes.isEmpty() ? -1 : each[index];
    }

    private static String folder(String name) {
      int end = name.lastIndexOf('/');
      return end < 0 ? "" : name.substring(name.lastIndexOf('/', end - 1) + 1, end);
    }
  }
}
