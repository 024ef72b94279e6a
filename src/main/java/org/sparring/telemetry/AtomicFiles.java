package org.sparring.telemetry;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Files that are there whole or not at all: written under a temporary name beside the target,
 * forced to the disk, then renamed over it. A reader never sees half a file, a crash never leaves
 * one under the real name.
 */
public final class AtomicFiles {
  private AtomicFiles() {}

  /** What fills the file; the stream is buffered, and closed by the caller. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Replaces {@code target} by {@code bytes}. */
  public static void write(Path target, byte[] bytes) {
    write(target, out -> out.write(bytes));
  }

  /**
   * Replaces {@code target} by what {@code content} writes; makes the folders above it. When {@code
   * content} fails, the target stays as it was and the temporary file is gone.
   *
   * @throws TelemetryException when the file cannot be written
   */
  public static void write(Path target, Content content) {
    Path temporary = temporaryName(target);
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      fill(temporary, content);
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceFolder(target.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw Failure.writing(target, e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  private static void fill(Path temporary, Content content) throws IOException {
    try (FileOutputStream file = new FileOutputStream(temporary.toFile())) {
      BufferedOutputStream buffered = new BufferedOutputStream(file, 1 << 16);
      content.writeTo(buffered);
      buffered.flush();
      file.getFD().sync();
    }
  }

  /** The rename itself is durable only once the folder is. Some file systems refuse this. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // the content is safe under one of the two names either way
      return;
    }
  }

  /** Hidden, and with the process id: two writers of one target do not share it. */
  private static Path temporaryName(Path target) {
    long thread = Thread.currentThread().getId();
    String suffix = "." + ProcessHandle.current().pid() + "-" + thread + ".tmp";
    return target.resolveSibling("." + target.getFileName() + suffix);
  }

  private static void deleteQuietly(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // a left-over hidden file harms nobody, and the real failure is on its way up
      return;
    }
  }
}
