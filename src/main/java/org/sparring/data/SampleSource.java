package org.sparring.data;

/** What a generator learns to imitate: {@link ImageSource images} or {@link PointSet points}. */
public interface SampleSource {
  /** A short name for logs, such as {@code mnist train}. */
  String name();

  /** How many samples, 1 or more. */
  int size();

  /** One line that says what the source holds. */
  default String summary() {
    return size() + " samples";
  }

  /** SHA-256 in hex of what the source holds. Two equal ones hold the same in the same order. */
  String contentHash();
}
