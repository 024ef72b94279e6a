package org.sparring.natives;

import java.util.Locale;

/**
 * Makes the process format numbers with the digits 0 to 9. TensorFlow Java numbers the nodes of a
 * graph with the digits of the default locale, but TensorFlow accepts only ASCII names. In locales
 * with other digits, for example Arabic and Persian, no graph could be built.
 */
public final class PlainDigits {
  private PlainDigits() {}

  /**
   * Changes the process's default format locale to the root locale if its digits are not 0 to 9.
   */
  public static void require() {
    String digits = String.format(Locale.getDefault(Locale.Category.FORMAT), "%d", 1234567890);
    if (!digits.equals("1234567890")) {
      Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    }
  }
}
