package org.sparring.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Where a synthetic data set's files go, by their paths inside it. */
interface SyntheticFiles {
  void write(String name, byte[] bytes) throws IOException;

  /** Into a folder, which is made. */
  static SyntheticFiles of(Path folder) {
    return (name, bytes) -> {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    };
  }

  /** Into an archive. */
  static SyntheticFiles of(ZipOutputStream zip) {
    return (name, bytes) -> {
      ZipEntry entry = new ZipEntry(name);
      // the same images make the same archive
      entry.setTime(0);
      zip.putNextEntry(entry);
      zip.write(bytes);
      zip.closeEntry();
    };
  }
}
