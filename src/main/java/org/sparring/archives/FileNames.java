package org.sparring.archives;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Decodes file names independently of the locale. A JVM that was started without a locale decodes
 * names as ASCII and replaces all other bytes; the {@link Path} still contains the original bytes.
 */
public final class FileNames {
  private static final char REPLACED = '\uFFFD';
  private static final boolean UTF_8 =
      "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));

  private FileNames() {}

  /**
   * Returns the last part of a path, decoded as UTF-8, or as ISO 8859-1 if its bytes are not valid
   * UTF-8.
   */
  static String last(Path path) {
    String name = path.getFileName().toString();
    return UTF_8 && name.indexOf(REPLACED) < 0 ? name : text(bytes(path.getFileName()));
  }

  /** Returns the bytes of a name decoded as UTF-8, or as ISO 8859-1 if they are not valid UTF-8. */
  public static String text(byte[] bytes) {
    return isOf(bytes, StandardCharsets.UTF_8)
        ? new String(bytes, StandardCharsets.UTF_8)
        : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Returns whether bytes are valid text in a charset. */
  static boolean isOf(byte[] bytes, Charset charset) {
    try {
      charset.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Returns the remedy for a path that this JVM may not be able to represent. */
  public static String remedy() {
    return UTF_8
        ? "Correct the path."
        : "This JVM reads names as "
            + System.getProperty("sun.jnu.encoding")
            + ": start it with the environment variable LC_ALL=C.UTF-8.";
  }

  /** Returns the bytes of a name, which the path's URI contains percent-encoded. */
  private static byte[] bytes(Path name) {
    String uri = name.toUri().getRawPath().replaceFirst("/$", ""); // a folder's
    String raw = uri.substring(uri.lastIndexOf('/') + 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      bytes.write(c == '%' ? Integer.parseInt(raw, i + 1, i + 3, 16) : c);
      i += c == '%' ? 2 : 0;
    }
    return bytes.toByteArray();
  }
}
