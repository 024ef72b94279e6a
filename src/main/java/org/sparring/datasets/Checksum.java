package org.sparring.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.sparring.pictures.ContentHash;

/** Computes the MD5 of files, because the publishers of the data sets state MD5 checksums. */
final class Checksum {
  private Checksum() {}

  /** Returns the MD5 as 32 lower-case hexadecimal digits. */
  static String md5(Path file) throws IOException {
    MessageDigest digest = ContentHash.digest("MD5");
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
