package org.sparring.theory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.sparring.errors.TheoryException;

class TableTest {
  @Test
  void aBatchHoldsEveryPairOfDrawsOnce() {
    // real draws 0, 0, 1; generated draws 0, 1, 1
    Table table = new Table(new int[] {2, 1}, new int[] {1, 2});
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, 0, 1, 1, 1}, table.realCells());
    assertArrayEquals(new int[] {0, 1, 1, 0, 1, 1, 0, 1, 1}, table.fakeCells());
  }

  @Test
  void sharesAreCountsOverTheirSum() {
    assertArrayEquals(
        new double[] {0.4, 0.25, 0.15, 0.1, 0.05, 0.05}, Table.UNLIKE.dataShares(), 1e-15);
    assertEquals(6, Table.UNLIKE.cells());
  }

  @Test
  void refusesWhatIsNoPairOfDistributions() {
    assertThrows(TheoryException.class, () -> new Table(new int[] {1}, new int[] {1, 1}));
    assertThrows(TheoryException.class, () -> new Table(new int[] {2, 1}, new int[] {1, 1}));
    assertThrows(TheoryException.class, () -> new Table(new int[] {2, 0}, new int[] {1, 1}));
  }
}
