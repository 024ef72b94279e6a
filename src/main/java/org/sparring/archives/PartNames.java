package org.sparring.archives;

import java.util.List;
import java.util.stream.Stream;

/** Words by which folders and files say which part of a data set they are, in lower case. */
public final class PartNames {
  /** Trained on. */
  public static final List<String> TRAIN = List.of("train", "training");

  /** Held out. */
  public static final List<String> TEST = List.of("test", "testing");

  /** Held out where nothing is called a test. */
  public static final List<String> VALIDATION = List.of("val", "valid", "validation");

  /** Of what is held out, in the order of preference. */
  public static final List<String> HELD_OUT =
      Stream.of(TEST, VALIDATION).flatMap(List::stream).toList();

  private PartNames() {}
}
