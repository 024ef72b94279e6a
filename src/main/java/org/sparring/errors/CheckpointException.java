package org.sparring.errors;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/** A checkpoint cannot be written or read; the message says which, what was found, what to do. */
public final class CheckpointException extends SparringException {
  private static final long serialVersionUID = 1L;

  public CheckpointException(String message) {
    super(ErrorKind.UNREADABLE, message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(ErrorKind.UNREADABLE, message, cause);
  }

  /**
   * Whether the disk or the system failed, not the content: what cannot be read now may be read
   * later.
   */
  public boolean isUnreadable() {
    Throwable cause = getCause();
    boolean content = cause instanceof JsonProcessingException || cause instanceof EOFException;
    boolean missing = cause instanceof NoSuchFileException;
    boolean file = cause instanceof IOException && !content && !missing;
    return file || cause != null && DiskFault.in(cause).isPresent();
  }
}
