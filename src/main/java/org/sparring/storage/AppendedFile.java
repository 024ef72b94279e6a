package org.sparring.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.sparring.errors.StorageException;

/**
 * A file that grows by whole records. A record that cannot be written as a whole, because the disk
 * is full, is taken back, so that the next one does not follow half a record. Each record reaches
 * the operating system before {@link #append} returns. Safe for use from several threads.
 */
public final class AppendedFile implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private long length;

  private AppendedFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    length = channel.size();
    channel.position(length);
  }

  /**
   * Opens a file at its end; creates it where it is missing.
   *
   * @throws StorageException if it cannot be opened for writing
   */
  public static AppendedFile open(Path file) {
    try {
      return new AppendedFile(
          file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw StorageException.writing(file, e);
    }
  }

  /**
   * Creates a file of this name, or of this name with a dot and the first number that is free; and
   * the folders above it.
   *
   * @throws StorageException if it cannot be created
   */
  public static AppendedFile createNew(Path name) {
    Path file = name;
    try {
      Disk.createFolders(name.toAbsolutePath().getParent());
      for (int again = 1; ; again++) {
        try {
          return new AppendedFile(
              file,
              FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (FileAlreadyExistsException taken) {
          file = name.resolveSibling(name.getFileName() + "." + again);
        }
      }
    } catch (IOException e) {
      throw StorageException.writing(file, e);
    }
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /**
   * Writes one record.
   *
   * @throws StorageException if it cannot be written; the file is as it was before
   */
  public synchronized void append(byte[] record) {
    try {
      ByteBuffer left = ByteBuffer.wrap(record);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      length += record.length;
    } catch (IOException e) {
      takeBack(e);
      throw StorageException.writing(file, e);
    }
  }

  private void takeBack(IOException reason) {
    try {
      channel.truncate(length);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw StorageException.writing(file, e);
    }
  }
}
