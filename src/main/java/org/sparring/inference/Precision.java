package org.sparring.inference;

import java.util.Locale;

/** How an exported model stores its weights; it computes in float32 either way. */
public enum Precision {
  /** float32, as they were trained. */
  FLOAT32,
  /**
   * Rounded to half the bytes: 11 significant bits (IEEE 754 binary16). Pixels differ by a few
   * thousandths of their range at most.
   */
  FLOAT16;

  /** As commands write it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
