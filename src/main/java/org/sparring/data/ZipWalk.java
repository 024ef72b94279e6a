package org.sparring.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.ChecksumVerifyingInputStream;

/** Visits the files of a zip in the order of its directory, then its symbolic links to files. */
record ZipWalk(Path file) {
  void walk(Archive.Visitor visitor) throws IOException {
    try (ZipFile zip =
        ZipFile.builder()
            .setPath(file)
            .setIgnoreLocalFileHeader(true)
            .setBufferSize(1 << 16)
            .get()) {
      List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
      ZipNames names = ZipNames.of(entries);
      Map<String, ZipArchiveEntry> files = new LinkedHashMap<>();
      ArchiveLinks links = new ArchiveLinks();
      for (ZipArchiveEntry entry : entries) {
        String name = names.of(entry);
        if (entry.isUnixSymlink()) {
          links.symbolic(name, String.valueOf(zip.getUnixSymlink(entry)));
        } else if (!name.endsWith("/")) {
          files.putIfAbsent(ArchiveLinks.plain(name), entry);
          visit(zip, entry, name, visitor);
        }
      }
      for (ArchiveLinks.Link link : links.resolved(files.keySet(), visitor)) {
        visit(zip, files.get(link.target()), link.name(), visitor);
      }
    }
  }

  private static void visit(
      ZipFile zip, ZipArchiveEntry entry, String name, Archive.Visitor visitor) throws IOException {
    if (visitor.wants(name)) {
      try (InputStream in = zip.getInputStream(entry)) {
        visitor.visit(
            name,
            new ChecksumVerifyingInputStream(
                new CRC32(), in, entry.getSize(), Integer.toUnsignedLong((int) entry.getCrc())));
      }
    }
  }
}
