package org.sparring.data;

/** How the values of a field are stored, and what networks see of them. */
public enum Encoding {
  /** One byte a value, 0 … 255. Networks see float32 in [−1, 1]: 2·v/255 − 1. */
  UINT8(Byte.BYTES),

  /** Four bytes a value. Networks see the float32 as it is. */
  FLOAT32(Float.BYTES),

  /** A class number as int32, from 0, below the field's {@link Field#bound}. */
  CLASS(Integer.BYTES),

  /** Numbers of vocabulary entries as int32, from 0, below the field's bound. */
  TOKEN(Integer.BYTES),

  /**
   * How many tokens of a sequence are used, as int32, from 0, below the field's bound; the tokens
   * after them are padding.
   */
  LENGTH(Integer.BYTES);

  private final int bytes;

  Encoding(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one stored value. */
  public int bytes() {
    return bytes;
  }

  /** Whether networks see real numbers; else they see whole numbers. */
  public boolean isReal() {
    return this == UINT8 || this == FLOAT32;
  }
}
