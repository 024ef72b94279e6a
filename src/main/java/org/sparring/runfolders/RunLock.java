package org.sparring.runfolders;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.sparring.errors.RecipeException;
import org.sparring.storage.Disk;

/**
 * Prevents two processes from training in the same run folder. The operating system releases the
 * lock when the process ends.
 */
public final class RunLock implements AutoCloseable {
  private static final String FILE = ".lock";

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  public static RunLock take(Path folder) {
    try {
      Disk.createFolders(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(FILE),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      FileLock lock = locked(channel);
      if (lock == null) {
        channel.close();
        throw new RecipeException(
            folder
                + " is being trained in by another process; wait for it, or give another run folder");
      }
      return new RunLock(channel);
    } catch (IOException e) {
      throw RecipeException.of("cannot write to the run folder " + folder, e);
    }
  }

  private static FileLock locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw RecipeException.of("cannot release the run folder", e);
    }
  }
}
