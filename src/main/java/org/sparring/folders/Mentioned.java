package org.sparring.folders;

import java.util.List;

/** Names in messages, the first few of many. */
final class Mentioned {
  private static final int MOST = 5;

  private Mentioned() {}

  /** For example {@code a.png, b.png, … (12)}. */
  static String of(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(MOST, names.size())));
    return names.size() > MOST ? first + ", … (" + names.size() + ")" : first;
  }
}
