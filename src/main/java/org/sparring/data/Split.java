package org.sparring.data;

import java.util.Locale;

/** The part of a data set: the images to learn from, or those kept apart for scoring. */
public enum Split {
  TRAIN,
  TEST;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
