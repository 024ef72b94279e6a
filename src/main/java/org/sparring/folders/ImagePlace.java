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

/** A folder or an archive: its images in the order of their names, and what else lies there. */
public interface ImagePlace {
  /** The folder or archive itself. */
  Path path();

  /** Names from its root, with slashes, sorted. */
  List<String> names();

  /** Contents of the files that may hold classes, by name; see {@link ClassTables#isTable}. */
  Map<String, byte[]> tables();

  /** What is left out. */
  Skipped skipped();

  /** What a file of the place is called in a message. */
  String title(String name);

  /** Reads the encoded bytes of the wanted images, from several threads and in no fixed order. */
  void read(IntPredicate wanted, Reader reader);

  /** Returns the file of an image; empty if the image is an entry of an archive. */
  Optional<Path> file(int index);

  /** Takes the bytes of one image. */
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
