package org.sparring.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.sparring.inference.ModelException;

/** SHA-256 of a network's file; of a folder, over the names and hashes of its files, sorted. */
final class FileHash {
  private FileHash() {}

  static String of(Path place) {
    try {
      return Files.isDirectory(place) ? folder(place) : file(place);
    } catch (IOException e) {
      throw new ModelException("cannot read " + place + ": " + e.getMessage(), e);
    }
  }

  /** Of a text. */
  static String of(String text) {
    return hex(digest(), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String folder(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
      for (Path file : sorted) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        all.append(name).append(' ').append(file(file)).append('\n');
      }
    }
    return of(all.toString());
  }

  private static String file(Path file) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String hex(MessageDigest digest, byte[] bytes) {
    return HexFormat.of().formatHex(digest.digest(bytes));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
