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

/** MD5 of files, which is what the publishers of these data sets give. */
final class Checksum {
  private Checksum() {}

  /** 32 lower-case hex digits. */
  static String md5(Path file) throws IOException {
    MessageDigest digest = ContentHash.digest("MD5");
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
