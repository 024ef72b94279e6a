package org.sparring.archives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.sparring.errors.DataException;

/**
 * Reads a zip or tar file from front to back. A tar may be compressed with gzip, xz or bzip2.
 * Nothing is written to disk.
 */
public record Archive(Path file, String remedy) {
  private static final List<String> TARS =
      List.of(".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2");

  /** Called for each regular file in archive order; the stream ends with the entry. */
  @FunctionalInterface
  public interface Visitor {
    void visit(String name, InputStream bytes) throws IOException;

    /** Returns whether the visitor wants to read a file. */
    default boolean wants(String name) {
      return true;
    }

    /** Called for a link that does not lead to a file of the archive. */
    default void skipped(String name, String reason) {}
  }

  /** Returns whether the file has the extension of an archive that this class reads. */
  public static boolean isArchive(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return isZip(file) || TARS.stream().anyMatch(name::endsWith);
  }

  public void walk(Visitor visitor) {
    try {
      if (isZip()) {
        new ZipWalk(file).walk(visitor);
      } else {
        new TarWalk(file).walk(visitor);
      }
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // for damaged headers the library also throws unchecked exceptions
      throw damaged(file, "an intact archive", e);
    }
  }

  /** Returns an exception for a damaged archive or a damaged entry. */
  public DataException damaged(Object what, String expected, Exception e) {
    String found = e.getClass().getSimpleName() + ": " + e.getMessage();
    return DataException.in(what, expected, found, remedy).because(e);
  }

  /** Returns whether this is a zip, in which a damaged entry does not affect the others. */
  public boolean isZip() {
    return isZip(file);
  }

  private static boolean isZip(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
  }
}
