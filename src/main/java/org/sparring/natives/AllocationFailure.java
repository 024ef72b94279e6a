package org.sparring.natives;

import java.util.List;
import java.util.Optional;

/** Finds among TensorFlow's many lines the one that says what a device had no memory for. */
public final class AllocationFailure {
  /** The second one is of cuDNN's algorithms, of which none had room to be tried. */
  private static final List<String> BEGINNINGS =
      List.of("OOM when allocating", "Out of memory while trying to allocate");

  private static final String DEVICE = "/job:localhost/replica:0/task:0/device:";

  private AllocationFailure() {}

  /**
   * The line, from where it begins to make sense.
   *
   * @return empty where the failure is another
   */
  public static Optional<String> line(Throwable failure) {
    return String.valueOf(failure.getMessage())
        .lines()
        .flatMap(
            line ->
                BEGINNINGS.stream().map(line::indexOf).filter(at -> at >= 0).map(line::substring))
        .findFirst()
        .map(line -> line.replace(DEVICE, "").strip());
  }
}
