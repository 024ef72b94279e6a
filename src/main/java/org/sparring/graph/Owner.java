package org.sparring.graph;

import java.util.Locale;

/** The owner of a variable. A player's step writes only that player's variables. */
public enum Owner {
  GENERATOR,
  DISCRIMINATOR,
  /** A network that scores generated samples and takes no part in training. */
  CLASSIFIER,
  /** No network: optimizer slots, averages, the step counter, the data set. */
  RUN;

  /** Returns the prefix of the names of this owner's variables, for example {@code generator}. */
  public String prefix() {
    return name().toLowerCase(Locale.ROOT);
  }
}
