package org.sparring.errors;

/** A network was asked for that cannot be built; the message says the rule and what was found. */
public final class NetException extends RuntimeException {
  public NetException(String message) {
    super(message);
  }

  public static void require(boolean holds, String rule) {
    if (!holds) {
      throw new NetException(rule);
    }
  }
}
