package org.sparring.folders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.sparring.archives.ByteReader;
import org.sparring.archives.FolderWalk;
import org.sparring.data.Skipped;
import org.sparring.errors.DataException;
import org.sparring.pictures.ImageBytes;

/** The images below a folder, each of which is read on request. */
record FolderImages(
    Path path, List<String> names, List<Path> files, Map<String, byte[]> tables, Skipped skipped)
    implements ImagePlace {

  static FolderImages list(Path folder, String remedy) {
    Skipped skipped = new Skipped();
    List<FolderWalk.Found> images = new ArrayList<>();
    Map<String, byte[]> tables = new LinkedHashMap<>();
    try {
      for (FolderWalk.Found found : FolderWalk.of(folder, skipped)) {
        if (ImagePlace.isImage(found.name(), skipped)) {
          images.add(found);
        } else if (ClassTables.isTable(found.name())) {
          tables.put(found.name(), ClassTables.bytes(found.path()));
        }
      }
    } catch (IOException e) {
      String found = e.getClass().getSimpleName() + ": " + e.getMessage();
      throw DataException.in(folder, "a readable folder", found, remedy).because(e);
    }
    images.sort(Comparator.comparing(FolderWalk.Found::name).thenComparing(FolderWalk.Found::path));
    return new FolderImages(
        folder,
        images.stream().map(FolderWalk.Found::name).toList(),
        images.stream().map(FolderWalk.Found::path).toList(),
        tables,
        skipped);
  }

  @Override
  public Map<String, byte[]> sheets() {
    Map<String, byte[]> sheets = new LinkedHashMap<>();
    try {
      for (FolderWalk.Found found : FolderWalk.of(path, new Skipped())) {
        if (GroupKeys.isSheet(found.name())) {
          sheets.put(found.name(), ClassTables.bytes(found.path()));
        }
      }
    } catch (IOException e) {
      throw ByteReader.unreadable(path, e, "Leave the folder alone while it is in use.");
    }
    return sheets;
  }

  @Override
  public String title(String name) {
    return path + "/" + name;
  }

  @Override
  public void read(IntPredicate wanted, Reader reader) {
    IntStream.range(0, names.size()).parallel().filter(wanted).forEach(i -> read(i, reader));
  }

  private void read(int index, Reader reader) {
    byte[] encoded;
    try {
      encoded = bytes(files.get(index));
    } catch (DataException e) {
      reader.unreadable(index, e);
      return;
    }
    reader.read(index, encoded);
  }

  @Override
  public Optional<Path> file(int index) {
    return Optional.of(files.get(index));
  }

  static byte[] bytes(Path file) {
    try {
      return ImageBytes.read(file);
    } catch (IOException e) {
      throw ByteReader.unreadable(file, e, "Leave the folder alone while it is in use.");
    }
  }
}
