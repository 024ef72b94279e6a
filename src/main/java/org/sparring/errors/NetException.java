package org.sparring.errors;

/** A requested network cannot be built; the message says the rule and what was found. */
public final class NetException extends SparringException {
  private static final long serialVersionUID = 1L;

  public NetException(String message) {
    super(ErrorKind.BAD_REQUEST, message);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new NetException(rule);
    }
  }
}
