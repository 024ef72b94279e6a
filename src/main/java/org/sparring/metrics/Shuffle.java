package org.sparring.metrics;

import java.util.SplittableRandom;

/** Random orders that are functions of a seed. */
public final class Shuffle {
  private Shuffle() {}

  /** 0 … count − 1 in an order of the seed's (Fisher and Yates; Durstenfeld 1964). */
  public static int[] of(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
