package org.sparring.records;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparring.archives.Archive;
import org.sparring.archives.ByteReader;
import org.sparring.data.PublishedDataset;
import org.sparring.data.StoredImages;
import org.sparring.errors.DataException;
import org.sparring.pictures.ImageGeometry;

/**
 * The files of CIFAR-10 and CIFAR-100, binary versions: records of one or two label bytes, of which
 * the last one is used, and the planes R, G, B of 32 rows by 32 columns.
 *
 * @param place the directory of the files, one that holds {@code folder} or {@code archive}, or
 *     that archive itself
 * @param names names of the files to read
 * @param records number of records in each file
 * @param labels number of label bytes before the pixels of a record
 * @param classes number of classes; the last label byte must be smaller
 */
record CifarFiles(
    PublishedDataset dataset,
    Path place,
    List<String> names,
    int records,
    int labels,
    int classes) {
  static final ImageGeometry GEOMETRY = new ImageGeometry(32, 32, 3);

  private String folder() {
    return dataset == PublishedDataset.CIFAR10 ? "cifar-10-batches-bin" : "cifar-100-binary";
  }

  private String archive() {
    return dataset.files().get(0).name();
  }

  /** Returns the bytes of each file after checking them, in the order of {@code names}. */
  List<byte[]> read() {
    if (Files.isRegularFile(place)) {
      return readArchive(place);
    }
    for (Path directory : List.of(place, place.resolve(folder()))) {
      if (Files.isRegularFile(directory.resolve(names.get(0)))) {
        return names.stream().map(directory::resolve).map(this::readFile).toList();
      }
    }
    if (Files.isRegularFile(place.resolve(archive()))) {
      return readArchive(place.resolve(archive()));
    }
    String expected = names.get(0) + ", " + folder() + "/ or " + archive();
    throw DataException.in(place, expected, "none of them", dataset.fetch(place));
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
    int record = recordBytes();
    byte[] bytes = in.exactly(records * record, records + " labelled images");
    in.end();
    for (int at = labels - 1; at < bytes.length; at += record) {
      if (bytes[at] < 0 || bytes[at] >= classes) {
        throw in.fault(
            at, "a label from 0 to " + (classes - 1), Integer.toString(bytes[at] & 0xff));
      }
    }
    return bytes;
  }

  private String remedy() {
    Path parent = place.toAbsolutePath().getParent();
    return dataset.replacement(Files.isRegularFile(place) ? parent : place);
  }

  private int recordBytes() {
    return labels + GEOMETRY.bytes();
  }

  /** Returns all records, in the order of the files. */
  StoredImages.Decoded decoded() {
    List<byte[]> files = read();
    int count = files.size() * records;
    byte[] classOf = new byte[count];
    byte[] pixels = new byte[count * GEOMETRY.bytes()];
    for (int i = 0; i < count; i++) {
      byte[] file = files.get(i / records);
      int at = i % records * recordBytes() + labels;
      classOf[i] = file[at - 1];
      interleave(file, at, pixels, i * GEOMETRY.bytes());
    }
    return new StoredImages.Decoded(GEOMETRY, pixels, classOf);
  }

  /** Converts planes (3, 32, 32) to interleaved pixels (32, 32, 3). */
  private static void interleave(byte[] planes, int from, byte[] pixels, int to) {
    int plane = GEOMETRY.height() * GEOMETRY.width();
    for (int p = 0; p < plane; p++) {
      for (int c = 0; c < 3; c++) {
        pixels[to + p * 3 + c] = planes[from + c * plane + p];
      }
    }
  }
}
