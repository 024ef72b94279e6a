package org.sparring.folders;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.sparring.archives.HelperNames;
import org.sparring.data.Skipped;
import org.sparring.errors.DataException;
import org.sparring.pictures.ImageDecoder;

/** A folder or an archive with its images, in the order of their names, and its class tables. */
public interface ImagePlace {
  /** Returns the path of the folder or archive. */
  Path path();

  /** Returns the names of the images relative to the root, with slashes, sorted. */
  List<String> names();

  /**
   * Returns the contents of the files that may be class tables, by name; see {@link
   * ClassTables#isTable}.
   */
  Map<String, byte[]> tables();

  /**
   * Reads the CSV files in the top folder and up to two folders below, by name. Called only where
   * images are grouped by a column.
   */
  Map<String, byte[]> sheets();

  /** Returns the skipped files. */
  Skipped skipped();

  /** Returns the name of a file for messages. */
  String title(String name);

  /** Reads the encoded bytes of the wanted images, from several threads and in no fixed order. */
  void read(IntPredicate wanted, Reader reader);

  /** Returns the file of an image; empty if the image is an entry of an archive. */
  Optional<Path> file(int index);

  /** Receives the bytes of images. */
  @FunctionalInterface
  interface Reader {
    void read(int index, byte[] encoded);

    /** Called for a file that cannot be read. */
    default void unreadable(int index, DataException reason) {
      throw reason;
    }
  }

  /**
   * Returns whether a file is an image, and counts files that are neither images nor class tables.
   */
  static boolean isImage(String name, Skipped skipped) {
    boolean image = ImageDecoder.isImageName(name);
    if (HelperNames.isHidden(name)) {
      if (image) {
        skipped.add(Skipped.HIDDEN, name);
      }
      return false;
    }
    if (!image && !ClassTables.isTable(name)) {
      skipped.addByExtension(name);
    }
    return image;
  }
}
