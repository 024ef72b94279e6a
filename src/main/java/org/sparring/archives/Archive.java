package org.sparring.archives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.sparring.errors.DataException;

/**
 * A zip or tar file, the tar packed by gzip, xz or bzip2 or not, walked front to back. Nothing is
 * ever written to disk.
 */
public record Archive(Path file, String remedy) {
  private static final List<String> TARS =
      List.of(".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2");

  /** Called for each regular file in archive order; the stream ends with the entry. */
  @FunctionalInterface
  public interface Visitor {
    void visit(String name, InputStream bytes) throws IOException;

    /** Whether a file is to be visited. */
    default boolean wants(String name) {
      return true;
    }

    /** A link that leads to no file of the archive. */
    default void skipped(String name, String reason) {}
  }

  /** Whether the name says that it is an archive this class reads. */
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
      // the library also throws unchecked ones at damaged headers
      throw damaged(file, "an intact archive", e);
    }
  }

  /** A refusal of the archive or of one of its entries. */
  public DataException damaged(Object what, String expected, Exception e) {
    String found = e.getClass().getSimpleName() + ": " + e.getMessage();
    return DataException.in(what, expected, found, remedy).because(e);
  }

  /** Whether one damaged entry leaves the others readable, as in a zip. */
  public boolean isZip() {
    return isZip(file);
  }

  private static boolean isZip(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
  }
}
