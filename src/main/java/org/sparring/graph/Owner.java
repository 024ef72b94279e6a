package org.sparring.graph;

import java.util.Locale;

/** The owner of a variable. A player's step writes only that player's variables. */
public enum Owner {
  GENERATOR,
  DISCRIMINATOR,
  /** A network that scores what a generator made, and takes no part in its game. */
  CLASSIFIER,
  /** No network: optimizer slots, averages, the step counter, the data set. */
  RUN;

  /** The prefix of the names of its variables, for example {@code generator}. */
  public String prefix() {
    return name().toLowerCase(Locale.ROOT);
  }
}
