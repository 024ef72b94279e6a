package org.sparring.folders;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.sparring.data.ImageOptions;
import org.sparring.errors.DataException;
import org.sparring.errors.EditDistance;

/**
 * The group of each image: images of one group are never split between the parts of a data set. A
 * group is what one column of a CSV file says about an image, or what the first group of a regular
 * expression finds in its name.
 */
final class GroupKeys {
  private static final String KEY = "data.group_by";

  private GroupKeys() {}

  /** Returns whether a file may be a table of groups, judging by its name. */
  static boolean isSheet(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".csv") && ClassTables.isNearTheTop(name);
  }

  /** Returns the group of each name; without {@code data.group_by} the name itself. */
  static List<String> of(ImageOptions options, ImagePlace place, List<String> names) {
    return of(options, place.path(), names, () -> titled(place));
  }

  /** Reads the CSV files of a place, by their names in messages. */
  static Map<String, byte[]> titled(ImagePlace place) {
    Map<String, byte[]> titled = new TreeMap<>();
    place.sheets().forEach((name, bytes) -> titled.put(place.title(name), bytes));
    return titled;
  }

  /**
   * Returns the group of each name; without {@code data.group_by}, or where nothing is held out,
   * the name itself.
   *
   * @param subject of messages
   * @param sheets reads the CSV files, by name
   */
  static List<String> of(
      ImageOptions options,
      Object subject,
      List<String> names,
      Supplier<Map<String, byte[]>> sheets) {
    String by = options.groupBy();
    if (by.isEmpty() || options.heldOut() == 0) {
      return names;
    }
    return isPattern(by)
        ? byPattern(by, subject, names)
        : bySheet(by, subject, names, sheets.get());
  }

  private static boolean isPattern(String by) {
    return by.length() > 2 && by.startsWith("/") && by.endsWith("/");
  }

  private static List<String> byPattern(String by, Object subject, List<String> names) {
    Pattern pattern = pattern(by, subject);
    List<String> keys = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (String name : names) {
      Matcher found = pattern.matcher(name);
      boolean matches = found.find() && found.group(1) != null;
      keys.add(matches ? found.group(1) : name);
      if (!matches) {
        without.add(name);
      }
    }
    requireAll(
        without,
        subject,
        KEY + " " + by + " to match the name of every image",
        "Change " + KEY + ", such as to /^([^-.]+)/ for the name up to a hyphen or dot.");
    return keys;
  }

  private static Pattern pattern(String by, Object subject) {
    String expected = KEY + " with a regular expression and its first group, such as /^([^-.]+)/";
    try {
      Pattern pattern = Pattern.compile(by.substring(1, by.length() - 1));
      if (pattern.matcher("").groupCount() > 0) {
        return pattern;
      }
      throw DataException.in(
          subject, expected, by + " without a group", "Put parentheses around the key.");
    } catch (PatternSyntaxException e) {
      throw DataException.in(
              subject, expected, by + ": " + e.getDescription(), "Correct the expression.")
          .because(e);
    }
  }

  private static List<String> bySheet(
      String column, Object subject, List<String> names, Map<String, byte[]> sheets) {
    List<GroupSheet> read = new ArrayList<>();
    Set<String> columns = new LinkedHashSet<>();
    new TreeMap<>(sheets)
        .forEach(
            (name, bytes) -> {
              GroupSheet sheet = GroupSheet.read(name, bytes, column);
              columns.addAll(sheet.columns());
              if (sheet.columns().contains(column)) {
                read.add(sheet);
              }
            });
    if (read.isEmpty()) {
      throw missing(column, subject, sheets.keySet(), columns);
    }
    List<String> keys = new ArrayList<>();
    List<String> without = new ArrayList<>();
    for (String name : names) {
      String key = read.stream().flatMap(sheet -> sheet.of(name).stream()).findFirst().orElse(null);
      keys.add(key == null || key.isBlank() ? name : key);
      if (key == null) {
        without.add(name);
      }
    }
    requireAll(
        without,
        subject,
        "a row for every image in the CSV file with the column " + column,
        "Add the rows, or change " + KEY + ".");
    return keys;
  }

  private static DataException missing(
      String column, Object subject, Collection<String> sheets, Set<String> columns) {
    String expected = "a CSV file with the column " + column + " of " + KEY;
    if (columns.isEmpty()) {
      return DataException.in(
          subject,
          expected,
          sheets.isEmpty() ? "no CSV file" : "no columns in " + String.join(", ", sheets),
          "Put a CSV file there whose column file names the images, or set "
              + KEY
              + " to a regular expression such as /^([^-.]+)/.");
    }
    return DataException.in(
        subject,
        expected,
        "columns " + Mentioned.of(List.copyOf(columns)) + " in " + String.join(", ", sheets),
        "Did you mean " + EditDistance.nearest(column, List.copyOf(columns)) + "?");
  }

  private static void requireAll(
      List<String> without, Object subject, String expected, String remedy) {
    if (!without.isEmpty()) {
      throw DataException.in(subject, expected, "none for " + Mentioned.of(without), remedy);
    }
  }
}
