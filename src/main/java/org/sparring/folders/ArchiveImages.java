package org.sparring.folders;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.sparring.archives.Archive;
import org.sparring.archives.HelperNames;
import org.sparring.data.Skipped;
import org.sparring.pictures.ImageBytes;
import org.sparring.pictures.ImageDecoder;

/**
 * The images of an archive.
 *
 * @param names entry names without a leading {@code ./}, sorted
 * @param indices index in {@code names} of each image entry, in the order of the archive
 */
record ArchiveImages(
    Archive archive, List<String> names, int[] indices, Map<String, byte[]> tables, Skipped skipped)
    implements ImagePlace {
  /** Encoded bytes kept in memory at a time, enough to keep all cores decoding. */
  private static final long BATCH_BYTES = 32L << 20;

  /** An image entry: its name and its position among the image entries of the archive. */
  private record Entry(String name, int position) {}

  private record Encoded(int index, byte[] bytes) {}

  static ArchiveImages list(Archive archive) {
    List<Entry> entries = new ArrayList<>();
    Map<String, byte[]> tables = new LinkedHashMap<>();
    Skipped skipped = new Skipped();
    archive.walk(
        new Archive.Visitor() {
          @Override
          public void visit(String entry, InputStream bytes) throws IOException {
            String name = plain(entry);
            if (ImagePlace.isImage(name, skipped)) {
              entries.add(new Entry(name, entries.size()));
            } else if (ClassTables.isTable(name)) {
              tables.put(name, table(archive, name, bytes));
            }
          }

          @Override
          public void skipped(String name, String reason) {
            skipped.add(reason, plain(name));
          }
        });
    entries.sort(Comparator.comparing(Entry::name).thenComparing(Entry::position));
    int[] indices = new int[entries.size()];
    IntStream.range(0, indices.length).forEach(i -> indices[entries.get(i).position()] = i);
    return new ArchiveImages(
        archive, entries.stream().map(Entry::name).toList(), indices, tables, skipped);
  }

  private static byte[] table(Archive archive, String name, InputStream bytes) {
    try {
      return ClassTables.bytes(bytes);
    } catch (IOException | RuntimeException e) {
      throw archive.damaged(archive.file() + "!" + name, "an intact entry of the archive", e);
    }
  }

  private static String plain(String name) {
    return name.startsWith("./") ? name.substring(2) : name;
  }

  private static boolean isImage(String name) {
    return ImageDecoder.isImageName(plain(name)) && !HelperNames.isHidden(plain(name));
  }

  @Override
  public Path path() {
    return archive.file();
  }

  @Override
  public Map<String, byte[]> sheets() {
    Map<String, byte[]> sheets = new LinkedHashMap<>();
    archive.walk(
        new Archive.Visitor() {
          @Override
          public void visit(String name, InputStream bytes) {
            sheets.put(plain(name), table(archive, plain(name), bytes));
          }

          @Override
          public boolean wants(String name) {
            return GroupKeys.isSheet(plain(name));
          }
        });
    return sheets;
  }

  @Override
  public String title(String name) {
    return archive.file() + "!" + name;
  }

  @Override
  public Optional<Path> file(int index) {
    return Optional.empty();
  }

  /** Reads the archive and passes its images to the reader, batch by batch and in parallel. */
  @Override
  public void read(IntPredicate wanted, Reader reader) {
    List<Encoded> batch = new ArrayList<>();
    long[] held = {0};
    int[] position = {0};
    archive.walk(
        new Archive.Visitor() {
          @Override
          public void visit(String name, InputStream bytes) throws IOException {
            int index = indices[position[0]++];
            if (wanted.test(index)) {
              held[0] += take(index, bytes, batch, reader);
            }
            if (held[0] > BATCH_BYTES) {
              flush(batch, reader);
              held[0] = 0;
            }
          }

          @Override
          public boolean wants(String name) {
            return isImage(name);
          }
        });
    flush(batch, reader);
  }

  /** Reads an entry into the batch; reports a damaged entry of a zip to the reader. */
  private int take(int index, InputStream bytes, List<Encoded> batch, Reader reader)
      throws IOException {
    byte[] encoded;
    try {
      encoded = ImageBytes.read(bytes);
    } catch (IOException | RuntimeException e) {
      if (!archive.isZip()) {
        throw e; // later entries cannot be read either
      }
      reader.unreadable(
          index, archive.damaged(title(names.get(index)), "an intact entry of the archive", e));
      return 0;
    }
    batch.add(new Encoded(index, encoded));
    return encoded.length;
  }

  private static void flush(List<Encoded> batch, Reader reader) {
    batch.parallelStream().forEach(image -> reader.read(image.index(), image.bytes()));
    batch.clear();
  }
}
