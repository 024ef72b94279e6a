package org.sparring.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts the files that a data set leaves out, by reason. */
public final class Skipped {
  /** Images below hidden folders, and images with hidden names. */
  public static final String HIDDEN = "hidden";

  /** Links to nothing, or to a folder that is listed already. */
  public static final String LINKS = "links";

  /** Devices, pipes and sockets. */
  public static final String SPECIAL = "special";

  /** Images that cannot be decoded, left out on request. */
  static final String BAD = "bad";

  /** Largest number of reasons in a line. */
  private static final int MOST_REASONS = 5;

  /** Largest number of bad images in a line. */
  private static final int MOST_BAD = 10;

  private static final int LONGEST_EXTENSION = 12;

  private final Map<String, List<String>> names = new TreeMap<>();

  public void add(String reason, String name) {
    names.computeIfAbsent(reason, unused -> new ArrayList<>()).add(name);
  }

  /** Counts a file that is not an image, by its extension. */
  public void addByExtension(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    boolean known = dot >= 0 && file.length() - dot <= LONGEST_EXTENSION;
    add(known ? file.substring(dot).toLowerCase(Locale.ROOT) : "other", name);
  }

  /**
   * The end of a line about a data set, for example {@code ; 3 skipped: 2 .webp, 1 bad (a.png)};
   * empty where nothing was skipped.
   *
   * @param bad names of images that could not be decoded
   */
  public String rest(List<String> bad) {
    Skipped all = new Skipped();
    names.forEach((reason, skipped) -> all.names.put(reason, new ArrayList<>(skipped)));
    bad.forEach(name -> all.add(BAD, name));
    String listed = bad.isEmpty() ? "" : " (" + some(bad) + ")";
    return all.count() == 0 ? "" : "; " + all.summary() + listed;
  }

  private static String some(List<String> bad) {
    return bad.stream().limit(MOST_BAD).collect(Collectors.joining(", "))
        + (bad.size() > MOST_BAD ? ", …" : "");
  }

  int count() {
    return names.values().stream().mapToInt(List::size).sum();
  }

  /** The names skipped for a reason. */
  List<String> of(String reason) {
    return List.copyOf(names.getOrDefault(reason, List.of()));
  }

  /** How many names were skipped for each reason, the most frequent reason first. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    names.entrySet().stream()
        .sorted(Comparator.comparingInt(e -> -e.getValue().size()))
        .forEach(e -> counts.put(e.getKey(), e.getValue().size()));
    return counts;
  }

  /** For example {@code 31 skipped: 28 .webp, 3 hidden}; empty where nothing was skipped. */
  public String summary() {
    if (names.isEmpty()) {
      return "";
    }
    Map<String, Integer> counts = counts();
    String reasons =
        counts.entrySet().stream()
            .limit(MOST_REASONS)
            .map(e -> e.getValue() + " " + word(e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    return count() + " skipped: " + reasons + (counts.size() > MOST_REASONS ? ", …" : "");
  }

  private static String word(String reason, int count) {
    return count == 1 && reason.equals(LINKS) ? "link" : reason;
  }
}
