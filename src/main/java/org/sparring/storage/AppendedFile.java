package org.sparring.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.sparring.errors.StorageException;

/**
 * A file to which whole records are appended. If a record cannot be written completely, for example
 * because the disk is full, the part already written is removed, so that the next record does not
 * follow a partial one. Each record reaches the operating system before {@link #append} returns.
 * Safe for use from several threads.
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
   * Opens a file for appending; creates the file if it does not exist.
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
   * Creates a file with this name, and the folders above it. If the name is taken, appends a dot
   * and the first free number.
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

  /** Returns the path of the file. */
  public Path path() {
    return file;
  }

  /**
   * Appends one record.
   *
   * @throws StorageException if the record cannot be written; the file is unchanged then
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
