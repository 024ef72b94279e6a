package org.sparring.errors;

import java.util.Comparator;
import java.util.List;

/** Finds the valid word nearest to a misspelt one. */
public final class EditDistance {
  private EditDistance() {}

  /**
   * Returns the candidate with the smallest edit distance to {@code word}; the first of several
   * equal ones.
   */
  public static String nearest(String word, List<String> candidates) {
    return candidates.stream()
        .min(Comparator.comparingInt(candidate -> between(word, candidate)))
        .orElseThrow();
  }

  /**
   * Returns the Levenshtein distance: the fewest insertions, deletions and substitutions. kitten →
   * sitting is 3.
   */
  public static int between(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
