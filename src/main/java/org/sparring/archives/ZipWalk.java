package org.sparring.archives;

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

  /**
   * Visits an entry. Errors in the entry occur when it is read, so that the other entries stay
   * readable.
   */
  private static void visit(
      ZipFile zip, ZipArchiveEntry entry, String name, Archive.Visitor visitor) throws IOException {
    if (visitor.wants(name)) {
      try (InputStream bytes = new EntryStream(zip, entry)) {
        visitor.visit(name, bytes);
      }
    }
  }

  /** An entry that is opened when it is first read. */
  private static final class EntryStream extends InputStream {
    private final ZipFile zip;
    private final ZipArchiveEntry entry;
    private InputStream opened;

    EntryStream(ZipFile zip, ZipArchiveEntry entry) {
      this.zip = zip;
      this.entry = entry;
    }

    @Override
    public int read() throws IOException {
      return bytes().read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return bytes().read(into, offset, length);
    }

    private InputStream bytes() throws IOException {
      if (opened == null) {
        opened =
            new ChecksumVerifyingInputStream(
                new CRC32(),
                zip.getInputStream(entry),
                entry.getSize(),
                Integer.toUnsignedLong((int) entry.getCrc()));
      }
      return opened;
    }

    @Override
    public void close() throws IOException {
      if (opened != null) {
        opened.close();
      }
    }
  }
}
