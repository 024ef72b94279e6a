package org.sparring.evaluation;

import java.util.Locale;
import org.sparring.errors.EvaluationException;

/** The values of black and white in a network's input. */
public enum PixelRange {
  SIGNED(-1, 1),
  UNIT(0, 1),
  BYTES(0, 255);

  private final float black;
  private final float white;

  PixelRange(float black, float white) {
    this.black = black;
    this.white = white;
  }

  /**
   * Parses a range.
   *
   * @param text {@code -1:1}, {@code 0:1} or {@code 0:255}
   */
  static PixelRange of(String text) {
    for (PixelRange range : values()) {
      if (range.toString().equals(text)) {
        return range;
      }
    }
    throw new EvaluationException("range: expected -1:1, 0:1 or 0:255, found " + text);
  }

  float black() {
    return black;
  }

  float white() {
    return white;
  }

  /** Returns the input value of each byte, (256). */
  float[] table() {
    float[] table = new float[256];
    for (int i = 0; i < table.length; i++) {
      table[i] = black + i * ((white - black) / 255f);
    }
    return table;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.0f:%.0f", black, white);
  }
}
