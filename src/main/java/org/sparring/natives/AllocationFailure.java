package org.sparring.natives;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Extracts from a multi-line TensorFlow error the line that names the failed memory allocation. */
public final class AllocationFailure {
  /** The second one is reported when no cuDNN algorithm had enough memory to be tried. */
  private static final List<String> BEGINNINGS =
      List.of("OOM when allocating", "Out of memory while trying to allocate");

  /** In front of the device; the job is another one where several processes train together. */
  private static final Pattern PROCESS =
      Pattern.compile("/job:\\w+/replica:\\d+/task:\\d+/device:");

  private AllocationFailure() {}

  /**
   * Returns the line, starting at its readable part.
   *
   * @return empty if the failure has another cause
   */
  public static Optional<String> line(Throwable failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .flatMap(
            line ->
                BEGINNINGS.stream().map(line::indexOf).filter(at -> at >= 0).map(line::substring))
        .findFirst()
        .map(line -> PROCESS.matcher(line).replaceAll("").strip());
  }
}
