package org.sparring.datasets;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.sparring.data.PublishedDataset;

/** A file of random bytes that tests fetch from mirrors. */
final class FileToFetch {
  static final int SIZE = 300_000;
  static final DataFetch.Progress SILENT = (file, bytes, total) -> {};

  final byte[] content = new byte[SIZE];
  final Path directory;
  final Path target;
  final Path part;
  PublishedDataset.RemoteFile file;

  /** The file is fetched into {@code parent/to}; a copy lies at {@code parent/copy}. */
  FileToFetch(Path parent) throws IOException {
    new Random(3).nextBytes(content);
    Path copy = Files.write(parent.resolve("copy"), content);
    file = new PublishedDataset.RemoteFile("digits.gz", Checksum.md5(copy));
    directory = parent.resolve("to");
    target = directory.resolve("digits.gz");
    part = directory.resolve("digits.gz.part");
  }

  void fetch(MirrorServer... servers) {
    fetch(new DataFetch(), servers);
  }

  void fetch(DataFetch fetch, MirrorServer... servers) {
    List<URI> bases = Arrays.stream(servers).map(MirrorServer::base).toList();
    fetch.fetch(file, bases, directory, SILENT);
  }

  /** Writes what an interrupted download leaves. */
  void writePart(byte[] bytes) throws IOException {
    Files.createDirectories(part.getParent());
    Files.write(part, bytes);
  }
}
