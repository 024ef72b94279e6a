package org.sparring.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The order of classes: by number where all names are numbers from 0 to 999, else by name. */
public final class ClassNames {
  /** Names that a line lists. */
  private static final int MOST = 10;

  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,2}");

  private ClassNames() {}

  /** The different names in their order. */
  public static List<String> sorted(Collection<String> names) {
    boolean numbers = areNumbers(names);
    return names.stream()
        .distinct()
        .sorted(
            numbers ? Comparator.comparing(Integer::valueOf) : Comparator.<String>naturalOrder())
        .toList();
  }

  /** {@code 0}, {@code 1}, … to the largest name; empty where one is no number. */
  public static List<String> upTo(Collection<String> names) {
    return !names.isEmpty() && areNumbers(names)
        ? numbers(1 + names.stream().mapToInt(Integer::parseInt).max().orElseThrow())
        : List.of();
  }

  /** {@code 0}, {@code 1}, … */
  static List<String> numbers(int count) {
    return IntStream.range(0, count).mapToObj(Integer::toString).toList();
  }

  public static boolean areNumbers(Collection<String> names) {
    return names.stream().allMatch(name -> NUMBER.matcher(name).matches());
  }

  /** For example {@code 3 classes: bird, cat, dog}; of many classes the first and the last. */
  public static String summary(List<String> names) {
    List<String> shown = names.size() > MOST ? names.subList(0, MOST - 1) : names;
    String last = names.size() > MOST ? ", … " + names.get(names.size() - 1) : "";
    return names.size() + " classes: " + String.join(", ", shown) + last;
  }
}
