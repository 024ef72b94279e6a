package org.sparring.archives;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.sparring.pictures.ImageDecoder;

/**
 * Visits the files of a tar (compressed or not) in their order, and then its links to files, for
 * which the archive is read a second time.
 */
record TarWalk(Path file) {
  void walk(Archive.Visitor visitor) throws IOException {
    Set<String> files = new HashSet<>();
    ArchiveLinks links = new ArchiveLinks();
    each(
        (entry, tar) -> {
          String name = name(entry.getName());
          if (entry.isLink()) {
            links.hard(name, name(entry.getLinkName()));
          } else if (entry.isSymbolicLink()) {
            links.symbolic(name, name(entry.getLinkName()));
          } else if (isFile(entry)) {
            files.add(ArchiveLinks.plain(name));
            if (visitor.wants(name)) {
              visitor.visit(name, tar);
            }
          }
        });
    Map<String, List<String>> linked = new HashMap<>();
    for (ArchiveLinks.Link link : links.resolved(files, visitor)) {
      if (visitor.wants(link.name())) {
        linked.computeIfAbsent(link.target(), unused -> new ArrayList<>()).add(link.name());
      }
    }
    if (!linked.isEmpty()) {
      visitLinked(linked, visitor);
    }
  }

  private void visitLinked(Map<String, List<String>> linked, Archive.Visitor visitor)
      throws IOException {
    each(
        (entry, tar) -> {
          List<String> links =
              isFile(entry) ? linked.remove(ArchiveLinks.plain(name(entry.getName()))) : null;
          if (links != null) {
            byte[] bytes = tar.readNBytes(ImageDecoder.MOST_BYTES + 1);
            for (String link : links) {
              visitor.visit(link, new ByteArrayInputStream(bytes));
            }
          }
        });
  }

  @FunctionalInterface
  private interface EntryVisitor {
    void visit(TarArchiveEntry entry, InputStream bytes) throws IOException;
  }

  private void each(EntryVisitor visitor) throws IOException {
    try (InputStream raw = new BufferedInputStream(ByteReader.unpacked(file), 1 << 16);
        EndingTar tar = new EndingTar(raw)) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        visitor.visit(e, tar);
      }
      tar.requireEnd();
    }
  }

  private static boolean isFile(TarArchiveEntry entry) {
    return entry.isFile()
        && !entry.isLink()
        && !entry.isSymbolicLink()
        && !entry.isFIFO()
        && !entry.isBlockDevice()
        && !entry.isCharacterDevice();
  }

  /**
   * Decodes a name. A name from a plain header has one character per byte; a name from an extended
   * header is already text.
   */
  private static String name(String stored) {
    boolean bytes = stored.chars().allMatch(c -> c <= 0xff);
    return bytes ? FileNames.text(stored.getBytes(StandardCharsets.ISO_8859_1)) : stored;
  }

  /** A tar stream that detects whether the end-of-archive marker was read. */
  private static final class EndingTar extends TarArchiveInputStream {
    private boolean ended;

    EndingTar(InputStream raw) {
      super(raw, StandardCharsets.ISO_8859_1.name());
    }

    @Override
    protected boolean isEOFRecord(byte[] block) {
      boolean zeros = super.isEOFRecord(block);
      ended |= zeros && block != null;
      return zeros;
    }

    void requireEnd() throws IOException {
      if (!ended) {
        throw new IOException("the file ends without the mark that ends a tar: it is cut short");
      }
    }
  }
}
