package org.sparring.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Names of files as text, whatever the locale. A JVM that was started without a locale decodes
 * names as ASCII and replaces every other byte; the bytes themselves are still in the {@link Path}.
 */
public final class FileNames {
  private static final char REPLACED = '\uFFFD';
  private static final boolean UTF_8 =
      "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));

  private FileNames() {}

  /** The last part of a path: UTF-8, or ISO 8859-1 where its bytes are not UTF-8. */
  static String last(Path path) {
    String name = path.getFileName().toString();
    return UTF_8 && name.indexOf(REPLACED) < 0 ? name : text(bytes(path.getFileName()));
  }

  /** Bytes of a name as text: UTF-8, or ISO 8859-1 where they are not UTF-8. */
  static String text(byte[] bytes) {
    return isOf(bytes, StandardCharsets.UTF_8)
        ? new String(bytes, StandardCharsets.UTF_8)
        : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Whether bytes are text of a charset. */
  static boolean isOf(byte[] bytes, Charset charset) {
    try {
      charset.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The bytes by which the operating system knows an absolute path, one character a byte. */
  public static String systemBytes(Path file) {
    Path absolute = file.toAbsolutePath();
    byte[] bytes =
        UTF_8 && absolute.toString().indexOf(REPLACED) < 0
            ? absolute.toString().getBytes(StandardCharsets.UTF_8)
            : bytes(absolute);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** What a JVM cannot do about a name, as a remedy. */
  static String remedy() {
    return UTF_8
        ? "Correct the path."
        : "This JVM reads names as "
            + System.getProperty("sun.jnu.encoding")
            + ": start it with the environment variable LC_ALL=C.UTF-8.";
  }

  /** A path's bytes: its URI has them, percent-encoded. */
  private static byte[] bytes(Path path) {
    String absolute = path.toUri().getRawPath();
    String raw =
        path.isAbsolute() ? absolute : lastPart(absolute.replaceFirst("/$", "")); // a folder's
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      bytes.write(c == '%' ? Integer.parseInt(raw, i + 1, i + 3, 16) : c);
      i += c == '%' ? 2 : 0;
    }
    return bytes.toByteArray();
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
