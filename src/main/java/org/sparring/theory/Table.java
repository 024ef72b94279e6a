package org.sparring.theory;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.sparring.errors.TheoryException;

/**
 * Two distributions on a few cells, given as counts with the same sum. A batch that contains every
 * pair of draws once gives exact expectations instead of estimates.
 *
 * @param data count of each cell under p_data, (cells), each at least 1
 * @param generated count of each cell under p_g, (cells), each at least 1, with the same sum
 */
record Table(int[] data, int[] generated) {
  /**
   * p_data = (8, 5, 3, 2, 1, 1)/20 against p_g = (1, 2, 3, 4, 5, 5)/20; both are equal in one cell.
   */
  static final Table UNLIKE = new Table(new int[] {8, 5, 3, 2, 1, 1}, new int[] {1, 2, 3, 4, 5, 5});

  /** p_g = p_data. */
  static final Table ALIKE = new Table(UNLIKE.data, UNLIKE.data);

  Table {
    TheoryException.require(
        data.length == generated.length, "both distributions need the same cells");
    TheoryException.require(
        Arrays.stream(data).sum() == Arrays.stream(generated).sum(),
        "both distributions need as many draws");
    TheoryException.require(
        IntStream.concat(Arrays.stream(data), Arrays.stream(generated)).allMatch(n -> n >= 1),
        "every cell needs a draw of both");
  }

  int cells() {
    return data.length;
  }

  double[] dataShares() {
    return shares(data);
  }

  double[] generatedShares() {
    return shares(generated);
  }

  /** Returns the cell of the real draw of each pair, (pairs). */
  int[] realCells() {
    int[] draws = draws(data);
    return IntStream.range(0, draws.length * draws.length)
        .map(pair -> draws[pair / draws.length])
        .toArray();
  }

  /** Returns the cell of the generated draw of each pair, (pairs). */
  int[] fakeCells() {
    int[] draws = draws(generated);
    return IntStream.range(0, draws.length * draws.length)
        .map(pair -> draws[pair % draws.length])
        .toArray();
  }

  private static int[] draws(int[] counts) {
    return IntStream.range(0, counts.length)
        .flatMap(cell -> IntStream.generate(() -> cell).limit(counts[cell]))
        .toArray();
  }

  private static double[] shares(int[] counts) {
    double sum = Arrays.stream(counts).sum();
    return Arrays.stream(counts).mapToDouble(n -> n / sum).toArray();
  }
}
