package org.sparring.data;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * CIFAR-10, binary version: 10,000 records a file, each a label byte (0–9) and the planes R, G, B
 * of 32 rows by 32 columns. Held in memory as {@code (size, 32, 32, 3)} or at the size asked for.
 */
public final class Cifar10Source extends StoredImages {
  /** Class names by label. */
  public static final List<String> LABELS =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  static final int RECORDS = 10_000;

  private static final ImageGeometry NATIVE = new ImageGeometry(32, 32, 3);
  private static final String FOLDER = "cifar-10-batches-bin";
  private static final String ARCHIVE = "cifar-10-binary.tar.gz";

  private Cifar10Source(String name, Decoded images) {
    super(name, images);
  }

  /**
   * Reads and checks a whole split.
   *
   * @param place the directory with {@code data_batch_1.bin} and its kin, a directory that holds
   *     {@code cifar-10-batches-bin/} or {@code cifar-10-binary.tar.gz}, or that archive itself
   * @param side pixels, or 0 for native
   * @param channels 1–4, or 0 for native
   */
  public static Cifar10Source open(Path place, Split split, int side, int channels) {
    return open(place, split, new Fit(side, channels), RECORDS);
  }

  @Override
  public List<String> labelNames() {
    return LABELS.subList(0, classes());
  }

  /** As above, with files of {@code records} records. */
  static Cifar10Source open(Path place, Split split, Fit fit, int records) {
    String name = "cifar10 " + split;
    Batches batches = new Batches(place, fileNames(split), records);
    return new Cifar10Source(name, decode(batches.read(), records).fitted(fit, name));
  }

  private static List<String> fileNames(Split split) {
    return split == Split.TEST
        ? List.of("test_batch.bin")
        : IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList();
  }

  /** Where the files are, and reading them whole. */
  private record Batches(Path place, List<String> names, int records) {

    /** The checked bytes of each file, in the order of {@code names}. */
    List<byte[]> read() {
      if (Files.isRegularFile(place)) {
        return readArchive(place);
      }
      for (Path directory : List.of(place, place.resolve(FOLDER))) {
        if (Files.isRegularFile(directory.resolve(names.get(0)))) {
          return names.stream().map(directory::resolve).map(this::readFile).toList();
        }
      }
      if (Files.isRegularFile(place.resolve(ARCHIVE))) {
        return readArchive(place.resolve(ARCHIVE));
      }
      String expected = names.get(0) + ", " + FOLDER + "/ or " + ARCHIVE;
      throw DataException.in(place, expected, "none of them", Dataset.CIFAR10.fetchCommand(place));
    }

    private byte[] readFile(Path file) {
      try (ByteReader in = ByteReader.open(file, remedy())) {
        return checked(in);
      }
    }

    private List<byte[]> readArchive(Path archive) {
      Map<String, byte[]> found = new HashMap<>();
      new Archive(archive, remedy())
          .walk(
              (entry, bytes) -> {
                String name = entry.substring(entry.lastIndexOf('/') + 1);
                if (names.contains(name)) {
                  found.put(name, checked(reader(archive, entry, bytes)));
                }
              });
      for (String name : names) {
        if (!found.containsKey(name)) {
          throw DataException.in(archive, "an entry " + name, "none", remedy());
        }
      }
      return names.stream().map(found::get).toList();
    }

    private ByteReader reader(Path archive, String entry, InputStream bytes) {
      return new ByteReader(bytes, archive + "!" + entry, remedy());
    }

    private byte[] checked(ByteReader in) {
      int record = 1 + NATIVE.bytes();
      byte[] bytes = in.exactly(records * record, records + " labelled images");
      in.end();
      for (int at = 0; at < bytes.length; at += record) {
        if (bytes[at] < 0 || bytes[at] >= LABELS.size()) {
          throw in.fault(at, "a label from 0 to 9", Integer.toString(bytes[at] & 0xff));
        }
      }
      return bytes;
    }

    private String remedy() {
      Path parent = place.toAbsolutePath().getParent();
      return Dataset.CIFAR10.replaceCommand(Files.isRegularFile(place) ? parent : place);
    }
  }

  private static Decoded decode(List<byte[]> files, int records) {
    int count = files.size() * records;
    byte[] labels = new byte[count];
    byte[] pixels = new byte[count * NATIVE.bytes()];
    for (int i = 0; i < count; i++) {
      byte[] file = files.get(i / records);
      int at = i % records * (1 + NATIVE.bytes());
      labels[i] = file[at];
      interleave(file, at + 1, pixels, i * NATIVE.bytes());
    }
    return new Decoded(NATIVE, pixels, labels);
  }

  /** Planes (3, 32, 32) → (32, 32, 3). */
  private static void interleave(byte[] planes, int from, byte[] pixels, int to) {
    int plane = NATIVE.height() * NATIVE.width();
    for (int p = 0; p < plane; p++) {
      for (int c = 0; c < 3; c++) {
        pixels[to + p * 3 + c] = planes[from + c * plane + p];
      }
    }
  }
}
