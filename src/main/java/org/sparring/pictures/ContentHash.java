package org.sparring.pictures;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over typed parts. Each text is preceded by its length, so that different splits of the
 * same text have different hashes.
 */
public final class ContentHash {
  private final MessageDigest digest = digest("SHA-256");

  public ContentHash text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return number(bytes.length).bytes(bytes);
  }

  public ContentHash number(long number) {
    return bytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  public ContentHash bytes(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  public ContentHash geometry(ImageGeometry geometry) {
    return number(geometry.height()).number(geometry.width()).number(geometry.channels());
  }

  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  public static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has " + algorithm, e);
    }
  }
}
