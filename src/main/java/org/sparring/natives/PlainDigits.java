package org.sparring.natives;

import java.util.Locale;

/**
 * Lets the process write numbers with the digits 0 to 9. TensorFlow Java numbers the nodes of a
 * graph in the digits of the default locale, and TensorFlow takes ASCII names only: where a locale
 * has other digits, as Arabic and Persian have, no graph could be built.
 */
public final class PlainDigits {
  private PlainDigits() {}

  /** Changes the process's default format locale to the root locale where its digits are others. */
  public static void require() {
    String digits = String.format(Locale.getDefault(Locale.Category.FORMAT), "%d", 1234567890);
    if (!digits.equals("1234567890")) {
      Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    }
  }
}
