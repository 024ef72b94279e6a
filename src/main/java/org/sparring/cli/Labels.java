package org.sparring.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Classes as a command line names them: {@code 7}, {@code 0..9}, {@code 1,3,5..8}. */
final class Labels {
  private static final Pattern PART = Pattern.compile("(\\d{1,6})(?:\\.\\.(\\d{1,6}))?");

  private Labels() {}

  /**
   * @param classes of the model; 0 of an unconditional one
   * @return the classes in the order that they are named
   */
  static List<Integer> parse(StandardOptions standard, String text, int classes) {
    List<Integer> labels = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      Matcher found = PART.matcher(part.strip());
      standard.require(
          found.matches(),
          "--labels: expected classes such as 0..9 or 1,3,5, found '" + text + "'");
      int first = Integer.parseInt(found.group(1));
      int last = found.group(2) == null ? first : Integer.parseInt(found.group(2));
      standard.require(
          first <= last, "--labels: expected a range that goes up, found '" + part + "'");
      checked(standard, "--labels", last, classes);
      for (int label = first; label <= last; label++) {
        labels.add(label);
      }
    }
    return labels;
  }

  /** The label, if the model knows it. */
  static int checked(StandardOptions standard, String option, int label, int classes) {
    standard.require(
        classes > 0, option + ": expected a conditional model, found one without classes");
    standard.require(
        label >= 0 && label < classes,
        option + ": expected a class from 0 to " + (classes - 1) + ", found " + label);
    return label;
  }
}
