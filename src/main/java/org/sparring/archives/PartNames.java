package org.sparring.archives;

import java.util.List;
import java.util.stream.Stream;

/** Words in the names of folders and files that identify a part of a data set, in lower case. */
public final class PartNames {
  /** Names of the training part. */
  public static final List<String> TRAIN = List.of("train", "training");

  /** Names of the held-out part. */
  public static final List<String> TEST = List.of("test", "testing");

  /** Names of the held-out part if there is no test part. */
  public static final List<String> VALIDATION = List.of("val", "valid", "validation");

  /** All names of held-out parts, in order of preference. */
  public static final List<String> HELD_OUT =
      Stream.of(TEST, VALIDATION).flatMap(List::stream).toList();

  private PartNames() {}
}
