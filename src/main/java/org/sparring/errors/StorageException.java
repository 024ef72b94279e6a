package org.sparring.errors;

/**
 * A file or folder cannot be read or written. The message names it and says what to do.
 *
 * <p>The kind is {@link ErrorKind#BAD_REQUEST} if the target must not be replaced, because it is a
 * device, a folder, or holds other files; {@link ErrorKind#UNREADABLE} if the disk is full or
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

  /** The operating system refused to write {@code target}. */
  public static StorageException writing(Object target, Throwable cause) {
    return writing(target, cause, ErrorKind.FAILED);
  }

  /**
   * The same.
   *
   * @param otherwise kind of what is no fault of the disk
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

  /** Refuses a target that must stay as it is. */
  public static StorageException refused(String expected, Object found, String remedy) {
    return new StorageException(
        ErrorKind.BAD_REQUEST, "expected " + expected + ", found " + found + "\n" + remedy);
  }
}
