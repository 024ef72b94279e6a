package org.sparring.telemetry;

import java.util.regex.Pattern;

/** Removes the sign of numbers that were rounded to −0. */
public final class SignedZero {
  private static final Pattern NEGATIVE = Pattern.compile("(?<![\\w.])-(0(?:\\.0+)?)(?![\\d.])");

  private SignedZero() {}

  /**
   * Returns the text with {@code -0.00} replaced by {@code 0.00}; other numbers are not changed.
   */
  public static String dropped(String text) {
    return NEGATIVE.matcher(text).replaceAll("$1");
  }
}
