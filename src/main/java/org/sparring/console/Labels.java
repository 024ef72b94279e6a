package org.sparring.console;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparring.errors.EditDistance;
import org.sparring.inference.GeneratorModel;

/**
 * Parses classes on a command line: {@code cat}, {@code 7}, {@code 0..9}, {@code 1,3,cat}. A number
 * is the label of a class, unless all class names are numbers.
 *
 * @param names names of the model's classes, indexed by label; empty for an unconditional model
 */
public record Labels(StandardOptions standard, String option, List<String> names) {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,6})\\.\\.(\\d{1,6})");

  /**
   * Returns a parser for an option.
   *
   * @param option name of the option
   */
  public static Labels of(StandardOptions standard, String option, GeneratorModel model) {
    return new Labels(standard, option, model.labelNames());
  }

  /** Parses one class and returns its label. */
  public int one(String text) {
    requireClasses();
    return find(text).orElseThrow(() -> unknown(text));
  }

  /** Parses several classes and returns their labels, in the given order. */
  public List<Integer> several(String text) {
    requireClasses();
    if (names.contains(text)) {
      return List.of(names.indexOf(text));
    }
    List<Integer> labels = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      add(part.strip(), text, labels);
    }
    return labels;
  }

  private void add(String part, String text, List<Integer> labels) {
    Matcher range = RANGE.matcher(part);
    if (names.contains(part) || !range.matches()) {
      boolean number = NUMBER.matcher(part).matches();
      standard.require(
          number || (!part.isEmpty() && !areNumbers()),
          option + ": expected classes such as 0..9 or 1,3,5, found '" + text + "'");
      labels.add(one(part));
      return;
    }
    int first = Integer.parseInt(range.group(1));
    int last = Integer.parseInt(range.group(2));
    standard.require(
        first <= last, option + ": expected a range that goes up, found '" + part + "'");
    int from = one(range.group(1));
    int to = one(range.group(2));
    for (int label = from; label <= to; label++) {
      labels.add(label);
    }
  }

  private OptionalInt find(String text) {
    int named = names.indexOf(text);
    if (named >= 0) {
      return OptionalInt.of(named);
    }
    boolean number = NUMBER.matcher(text).matches() && !areNumbers();
    return number && Integer.parseInt(text) < names.size()
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }

  private boolean areNumbers() {
    return names.stream().allMatch(name -> NUMBER.matcher(name).matches());
  }

  private RuntimeException unknown(String text) {
    String first = names.get(0);
    String last = names.get(names.size() - 1);
    if (areNumbers()) {
      return standard.refusal(
          option + ": expected a class from " + first + " to " + last + ", found " + text);
    }
    return standard.refusal(
        option
            + ": expected one of "
            + names.size()
            + " classes from "
            + first
            + " to "
            + last
            + ", found '"
            + text
            + "'; did you mean '"
            + EditDistance.nearest(text, names)
            + "'?");
  }

  private void requireClasses() {
    standard.require(
        !names.isEmpty(), option + ": expected a conditional model, found one without classes");
  }
}
