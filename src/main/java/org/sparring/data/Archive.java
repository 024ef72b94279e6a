package org.sparring.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A zip, tar or tar.gz file, walked front to back. Nothing is ever written to disk. */
record Archive(Path file, String remedy) {

  /** Called for each regular file in archive order; the stream ends with the entry. */
  @FunctionalInterface
  interface Visitor {
    void visit(String name, InputStream bytes) throws IOException;
  }

  /** Whether the name says that it is an archive this class reads. */
  static boolean isArchive(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return isZip(file)
        || name.endsWith(".tar")
        || name.endsWith(".tar.gz")
        || name.endsWith(".tgz");
  }

  void walk(Visitor visitor) {
    try {
      if (isZip(file)) {
        walkZip(visitor);
      } else {
        walkTar(visitor);
      }
    } catch (IOException e) {
      String found = e.getClass().getSimpleName() + ": " + e.getMessage();
      throw DataException.in(file, "an intact archive", found, remedy).because(e);
    }
  }

  private static boolean isZip(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".zip");
  }

  private void walkZip(Visitor visitor) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (!entry.isDirectory()) {
          try (InputStream in = zip.getInputStream(entry)) {
            visitor.visit(entry.getName(), in);
          }
        }
      }
    }
  }

  private void walkTar(Visitor visitor) throws IOException {
    try (InputStream raw = new BufferedInputStream(ByteReader.unpacked(file), 1 << 16);
        TarArchiveInputStream tar = new TarArchiveInputStream(raw)) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        if (e.isFile()) {
          visitor.visit(e.getName(), tar);
        }
      }
    }
  }
}
