package org.sparring.console;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Converts equations for a console: unchanged if its charset has the symbols, otherwise to ASCII,
 * because each symbol would be printed as a question mark.
 */
public final class Spelling {
  private static final Map<String, String> ASCII = new LinkedHashMap<>();

  static {
    ASCII.put("−", "-");
    ASCII.put("·", "*");
    ASCII.put("×", "x");
    ASCII.put("é", "e");
    ASCII.put("√", "sqrt");
    ASCII.put("±", "+-");
    ASCII.put("½", "0.5");
    ASCII.put("¼", "0.25");
    ASCII.put("²", "^2");
    ASCII.put("⁴", "^4");
    ASCII.put("⁵", "^5");
    ASCII.put("₁", "1");
    ASCII.put("α", "alpha");
    ASCII.put("γ", "gamma");
    ASCII.put("η", "eta");
    ASCII.put("θ", "theta");
    ASCII.put("λ", "lambda");
    ASCII.put("φ", "phi");
  }

  private final boolean plain;

  private Spelling(boolean plain) {
    this.plain = plain;
  }

  public static Spelling of(Charset console) {
    return new Spelling(!console.newEncoder().canEncode(String.join("", ASCII.keySet())));
  }

  public String of(String equation) {
    String spelt = equation;
    if (plain) {
      for (Map.Entry<String, String> sign : ASCII.entrySet()) {
        spelt = spelt.replace(sign.getKey(), sign.getValue());
      }
    }
    return spelt;
  }
}
