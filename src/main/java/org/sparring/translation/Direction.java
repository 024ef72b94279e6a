package org.sparring.translation;

/** From which images a network makes which. The fields and the domains have the same names. */
public enum Direction {
  A_TO_B("a", "b"),
  B_TO_A("b", "a");

  private final String from;
  private final String to;

  Direction(String from, String to) {
    this.from = from;
    this.to = to;
  }

  /** Field or domain of the network's inputs. */
  public String from() {
    return from;
  }

  /** Field or domain of the network's outputs. */
  public String to() {
    return to;
  }

  /** The other direction. */
  public Direction back() {
    return this == A_TO_B ? B_TO_A : A_TO_B;
  }

  /** Name of the exported function, such as {@code a_to_b}. */
  public String function() {
    return from + "_to_" + to;
  }
}
