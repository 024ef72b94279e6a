package org.sparring.errors;

/** A file or folder cannot be read or written. The message names it and says what to do. */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /** Why the file or folder cannot be read or written. */
  public enum Kind {
    /** The target must not be replaced: it is a device, a folder, or holds other files. */
    REFUSED,
    /** The disk is full, a quota or the size limit of a file is reached, or the device fails. */
    DISK,
    /** Any other reason, such as missing permission. */
    OTHER
  }

  StorageException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  StorageException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Why the file or folder cannot be read or written. */
  public Kind kind() {
    return kind;
  }

  /** The operating system refused to write {@code target}. */
  public static StorageException writing(Object target, Throwable cause) {
    return writing(target, cause, Kind.OTHER);
  }

  /**
   * The same.
   *
   * @param otherwise kind of what is no fault of the disk
   */
  public static StorageException writing(Object target, Throwable cause, Kind otherwise) {
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
        : new StorageException(Kind.DISK, "cannot write " + target + ": " + fault, cause);
  }

  /** Refuses a target that must stay as it is. */
  public static StorageException refused(String expected, Object found, String remedy) {
    return new StorageException(
        Kind.REFUSED, "expected " + expected + ", found " + found + "\n" + remedy);
  }
}
