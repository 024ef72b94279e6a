package org.sparring.errors;

/**
 * A file or folder cannot be read or written. The message names it and says what to do.
 *
 * <p>The kind is {@link ErrorKind#BAD_REQUEST} if the target must not be replaced, because it is a
 * device, a folder, or contains other files; {@link ErrorKind#UNREADABLE} if the disk is full or
 * fails, or a quota or size limit is reached; {@link ErrorKind#FAILED} otherwise, as where
 * permission is missing.
 */
public final class StorageException extends SparringException {
  private static final long serialVersionUID = 1L;

  StorageException(ErrorKind kind, String message) {
    super(kind, message);
  }

  StorageException(ErrorKind kind, String message, Throwable cause) {
    super(kind, message, cause);
  }

  /** Returns an exception for a {@code target} that the operating system refused to write. */
  public static StorageException writing(Object target, Throwable cause) {
    return writing(target, cause, ErrorKind.FAILED);
  }

  /**
   * Returns an exception for a {@code target} that the operating system refused to write.
   *
   * @param otherwise kind of the exception if the disk is not at fault
   */
  public static StorageException writing(Object target, Throwable cause, ErrorKind otherwise) {
    String fault = DiskFault.in(cause).map(DiskFault::words).orElse("");
    return fault.isEmpty()
        ? new StorageException(
            otherwise,
            "cannot write "
                + target
                + ": "
                + DiskFault.reason(cause)
                + "\nCheck that the folder exists and is yours to write.",
            cause)
        : new StorageException(
            ErrorKind.UNREADABLE, "cannot write " + target + ": " + fault, cause);
  }

  /** Returns an exception for a target that must not be replaced. */
  public static StorageException refused(String expected, Object found, String remedy) {
    return new StorageException(
        ErrorKind.BAD_REQUEST, "expected " + expected + ", found " + found + "\n" + remedy);
  }
}
