package org.sparring.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over typed parts. Each text is preceded by its length, so that parts cannot run on. */
final class ContentHash {
  private final MessageDigest digest = digest("SHA-256");

  ContentHash text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return number(bytes.length).bytes(bytes);
  }

  ContentHash number(long number) {
    return bytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  ContentHash bytes(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  ContentHash geometry(ImageGeometry geometry) {
    return number(geometry.height()).number(geometry.width()).number(geometry.channels());
  }

  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    }
  }
}
