package org.sparring.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The images of an archive, decoded and fitted.
 *
 * @param names entry names without a leading {@code ./}, sorted
 * @param pixels {@code (size, side, side, channels)} in the order of {@code names}
 * @param hashes of the encoded bytes, in the order of {@code names}
 */
record PackedImages(List<String> names, byte[] pixels, List<String> hashes) {
  /** Encoded bytes held at a time: enough to keep every core decoding. */
  private static final long BATCH_BYTES = 32L << 20;

  /** An image entry: its name and its rank among the image entries as they lie in the archive. */
  private record Entry(String name, int position) {}

  private record Encoded(int index, byte[] bytes) {}

  /** Walks the archive twice: for the names, which give each image its place, then the bytes. */
  static PackedImages decode(Archive archive, Fit fit) {
    List<Entry> sorted = entries(archive);
    List<String> names = sorted.stream().map(Entry::name).toList();
    FolderSource.nonEmpty(archive.file(), names);
    int each = fit.geometry(FolderSource.NATIVE).bytes();
    byte[] pixels = new byte[Limits.arrayLength(archive.file().toString(), names.size(), each)];
    Filling filling = new Filling(archive, fit, names, pixels, new String[names.size()]);
    filling.fill(indices(sorted));
    return new PackedImages(names, pixels, List.of(filling.hashes()));
  }

  private static List<Entry> entries(Archive archive) {
    List<Entry> entries = new ArrayList<>();
    archive.walk(
        (name, bytes) -> {
          if (ImageDecoder.isImageName(name)) {
            entries.add(new Entry(plain(name), entries.size()));
          }
        });
    entries.sort(Comparator.comparing(Entry::name).thenComparing(Entry::position));
    return entries;
  }

  private static String plain(String name) {
    return name.startsWith("./") ? name.substring(2) : name;
  }

  private static int[] indices(List<Entry> sorted) {
    int[] indices = new int[sorted.size()];
    IntStream.range(0, indices.length).forEach(i -> indices[sorted.get(i).position()] = i);
    return indices;
  }

  /** The second walk. */
  private record Filling(
      Archive archive, Fit fit, List<String> names, byte[] pixels, String[] hashes) {

    /** Reads in archive order, decodes batch by batch in parallel. */
    void fill(int[] indices) {
      List<Encoded> batch = new ArrayList<>();
      long[] held = {0};
      int[] position = {0};
      archive.walk(
          (name, bytes) -> {
            if (ImageDecoder.isImageName(name)) {
              byte[] encoded = bytes.readAllBytes();
              batch.add(new Encoded(indices[position[0]++], encoded));
              held[0] += encoded.length;
              if (held[0] > BATCH_BYTES) {
                flush(batch);
                held[0] = 0;
              }
            }
          });
      flush(batch);
    }

    private void flush(List<Encoded> batch) {
      batch.parallelStream().forEach(this::put);
      batch.clear();
    }

    private void put(Encoded image) {
      String name = archive.file() + "!" + names.get(image.index());
      Picture fitted = fit.apply(ImageDecoder.decode(name, image.bytes(), true));
      int each = fitted.pixels().length;
      System.arraycopy(fitted.pixels(), 0, pixels, image.index() * each, each);
      hashes[image.index()] = FolderSource.hash(image.bytes());
    }
  }
}
