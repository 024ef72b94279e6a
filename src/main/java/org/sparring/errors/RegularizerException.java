package org.sparring.errors;

/** A requested penalty is not possible; the message says the rule and what was found. */
public final class RegularizerException extends SparringException {
  private static final long serialVersionUID = 1L;

  public RegularizerException(String message) {
    super(ErrorKind.BAD_REQUEST, message);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new RegularizerException(rule);
    }
  }

  /** Throws unless a coefficient is finite and at least 0. */
  public static void requireCoefficient(String name, float value) {
    require(
        value >= 0 && Float.isFinite(value),
        name + " must be a finite number of at least 0, found " + value);
  }
}
