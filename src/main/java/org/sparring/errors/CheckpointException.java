package org.sparring.errors;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;

/**
 * A checkpoint cannot be written or read; the message names the checkpoint, what was found and what
 * to do.
 */
public final class CheckpointException extends SparringException {
  private static final long serialVersionUID = 1L;

  public CheckpointException(String message) {
    super(ErrorKind.UNREADABLE, message);
  }

  public CheckpointException(String message, Throwable cause) {
    super(ErrorKind.UNREADABLE, message, cause);
  }

  /**
   * Returns whether the disk or the operating system failed rather than the content being damaged;
   * a later attempt may then succeed.
   */
  public boolean isUnreadable() {
    Throwable cause = getCause();
    boolean content = cause instanceof JsonProcessingException || cause instanceof EOFException;
    boolean missing = cause instanceof NoSuchFileException;
    boolean file = cause instanceof IOException && !content && !missing;
    return file || cause != null && DiskFault.in(cause).isPresent();
  }
}
