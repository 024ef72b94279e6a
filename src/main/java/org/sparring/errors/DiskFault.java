package org.sparring.errors;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Failures of a disk, as opposed to failures of a program. Java and TensorFlow report them by the
 * operating system's text alone: TensorFlow calls a full disk RESOURCE_EXHAUSTED, as it does
 * memory.
 */
public enum DiskFault {
  /** ENOSPC. */
  FULL("no space left on device", "the disk is full; free some space, then run it again"),
  /** EDQUOT. */
  QUOTA("disk quota exceeded", "the disk quota is used up; free some space, then run it again"),
  /** EFBIG, the limit that {@code ulimit -f} sets. */
  FILE_SIZE("file too large", "the file size limit is reached (ulimit -f); raise it"),
  /** EIO. */
  DEVICE("input/output error", "the disk reports an input/output error; check the device"),
  /** EROFS. */
  READ_ONLY("read-only file system", "the file system is read-only; choose another folder");

  private static final int LONGEST_CHAIN = 20;

  private final String text;
  private final String words;

  DiskFault(String text, String words) {
    this.text = text;
    this.words = words;
  }

  /** Returns what is wrong and what to do, as the end of a message. */
  public String words() {
    return words;
  }

  /** Returns the disk failure that {@code failure} or one of its causes reports, if any. */
  public static Optional<DiskFault> in(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(LONGEST_CHAIN) // a chain of causes may contain itself
        .map(cause -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
        .flatMap(message -> Stream.of(values()).filter(fault -> message.contains(fault.text)))
        .findFirst();
  }

  /**
   * Returns why a file operation failed, in words. Some of Java's file exceptions give the reason
   * only by their class.
   */
  public static String reason(Throwable e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no " + e.getMessage();
    }
    if (e instanceof FileAlreadyExistsException) {
      return e.getMessage() + " is in the way";
    }
    boolean hasReason = e instanceof FileSystemException known && known.getReason() != null;
    String reason = hasReason ? ((FileSystemException) e).getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason;
  }
}
