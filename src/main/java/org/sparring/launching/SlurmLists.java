package org.sparring.launching;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The short forms in which Slurm writes lists. Returns an empty list for any other text. */
final class SlurmLists {
  /** One item of {@code node[01-03,07],gpu1}: commas outside brackets separate items. */
  private static final Pattern ITEM = Pattern.compile("(?:[^,\\[\\]\\s]++|\\[[\\d,-]++])++");

  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");
  private static final Pattern COUNT = Pattern.compile("(\\d{1,6})(?:\\(x(\\d{1,6})\\))?");

  /** A limit on what a wrong text can become. */
  private static final int MOST = 100_000;

  private SlurmLists() {}

  /** Returns the names of {@code node[01-03,07],gpu1}: node01, node02, node03, node07, gpu1. */
  static List<String> hosts(String list) {
    List<String> hosts = new ArrayList<>();
    Matcher item = ITEM.matcher(list);
    for (int at = 0; item.region(at, list.length()).lookingAt(); at = item.end() + 1) {
      boolean last = item.end() == list.length();
      boolean separated = last || list.charAt(item.end()) == ',';
      if (!separated || !expand("", item.group(), hosts)) {
        return List.of();
      }
      if (last) {
        return hosts;
      }
    }
    return List.of();
  }

  /**
   * Adds the names of one item.
   *
   * @param done what comes before the first bracket that is not expanded yet
   * @param rest what comes after it
   * @return false if a range is wrong
   */
  private static boolean expand(String done, String rest, List<String> hosts) {
    int open = rest.indexOf('[');
    if (open < 0) {
      return hosts.size() < MOST && hosts.add(done + rest);
    }
    int close = rest.indexOf(']', open);
    String before = done + rest.substring(0, open);
    String after = rest.substring(close + 1);
    for (String range : rest.substring(open + 1, close).split(",", -1)) {
      Matcher ends = RANGE.matcher(range);
      if (!ends.matches()) {
        return false;
      }
      int width = ends.group(1).length();
      int first = Integer.parseInt(ends.group(1));
      int last = ends.group(2) == null ? first : Integer.parseInt(ends.group(2));
      for (int i = first; i <= last; i++) {
        String number = String.format(Locale.ROOT, "%0" + width + "d", i);
        if (!expand(before + number, after, hosts)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns the numbers of {@code 2(x3),1}: 2, 2, 2, 1. */
  static List<Integer> counts(String list) {
    List<Integer> counts = new ArrayList<>();
    for (String item : list.split(",", -1)) {
      Matcher count = COUNT.matcher(item);
      if (!count.matches()) {
        return List.of();
      }
      int times = count.group(2) == null ? 1 : Integer.parseInt(count.group(2));
      if (counts.size() + times > MOST) {
        return List.of();
      }
      for (int i = 0; i < times; i++) {
        counts.add(Integer.parseInt(count.group(1)));
      }
    }
    return counts;
  }
}
