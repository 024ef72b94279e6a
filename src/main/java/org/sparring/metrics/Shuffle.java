package org.sparring.metrics;

import java.util.SplittableRandom;

/** Random permutations that are functions of a seed. */
public final class Shuffle {
  private Shuffle() {}

  /**
   * Returns the numbers 0 … count − 1 in the random order given by {@code seed} (Fisher and Yates;
   * Durstenfeld 1964).
   */
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
