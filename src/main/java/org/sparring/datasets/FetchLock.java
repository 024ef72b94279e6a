package org.sparring.datasets;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Allows only one fetch at a time into a directory. The operating system releases the lock when the
 * process ends.
 */
final class FetchLock implements AutoCloseable {
  private static final String FILE = ".fetch.lock";
  private static final long PAUSE_MS = 200;

  private final FileChannel channel;

  private FetchLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Waits until no other fetch into the directory is running.
   *
   * @param waiting called once if this method has to wait
   */
  static FetchLock take(Path directory, Runnable waiting) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      for (boolean reported = false; !isLocked(channel); reported = true) {
        if (!reported) {
          waiting.run();
        }
        Thread.sleep(PAUSE_MS);
      }
      return new FetchLock(channel);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while another fetch was waited for", e);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  boolean isHeld() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
