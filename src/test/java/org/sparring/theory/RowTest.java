package org.sparring.theory;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.sparring.errors.TheoryException;

class RowTest {
  @Test
  void holdsUpToItsToleranceOnBothSides() {
    assertTrue(row(1, 1.25, 0.25).holds());
    assertTrue(row(1, 0.75, 0.25).holds());
    assertFalse(row(1, 1.26, 0.25).holds());
    assertFalse(row(1, 0.74, 0.25).holds());
  }

  @Test
  void whatIsNoNumberDoesNotHold() {
    assertFalse(row(1, Double.NaN, 1).holds());
    assertFalse(row(1, Double.POSITIVE_INFINITY, 1).holds());
  }

  @Test
  void refusesWhatCannotBeCompared() {
    assertThrows(TheoryException.class, () -> row(Double.NaN, 1, 1));
    assertThrows(TheoryException.class, () -> row(1, 1, 0));
    assertThrows(TheoryException.class, () -> row(1, 1, Double.NaN));
    assertThrows(
        TheoryException.class, () -> new Row("a/b", "too long ".repeat(9), "paper", 0, 0, 1));
    assertThrows(TheoryException.class, () -> new Row(" ", "a", "paper", 0, 0, 1));
  }

  private static Row row(double predicted, double measured, double tolerance) {
    return new Row("a/b", "a = b", "paper", predicted, measured, tolerance);
  }
}
