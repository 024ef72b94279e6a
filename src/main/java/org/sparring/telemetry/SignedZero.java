package org.sparring.telemetry;

import java.util.regex.Pattern;

/** A small negative number that was rounded to zero is printed as zero. */
public final class SignedZero {
  private static final Pattern NEGATIVE = Pattern.compile("(?<![\\w.])-(0(?:\\.0+)?)(?![\\d.])");

  private SignedZero() {}

  /** The text with {@code -0.00} as {@code 0.00}; other numbers as they are. */
  public static String dropped(String text) {
    return NEGATIVE.matcher(text).replaceAll("$1");
  }
}
