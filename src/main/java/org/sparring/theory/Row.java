package org.sparring.theory;

import org.sparring.errors.TheoryException;

/**
 * A number predicted by theory, and the measured one.
 *
 * @param name name of the statement and of the row, as in {@code bilinear/optimistic}
 * @param statement short description, at most 58 characters
 * @param source the paper, with the section or equation
 * @param predicted predicted value, finite
 * @param measured measured value; a NaN never holds
 * @param tolerance largest difference at which the prediction holds, positive
 */
public record Row(
    String name,
    String statement,
    String source,
    double predicted,
    double measured,
    double tolerance) {
  private static final int LONGEST = 58;

  public Row {
    TheoryException.require(!name.isBlank(), "a row must have a name");
    TheoryException.require(
        statement.length() <= LONGEST,
        "a statement must fit into " + LONGEST + " characters, found '" + statement + "'");
    TheoryException.require(
        Double.isFinite(predicted), name + ": a prediction must be finite, found " + predicted);
    TheoryException.require(
        tolerance > 0 && Double.isFinite(tolerance),
        name + ": a tolerance must be positive, found " + tolerance);
  }

  /** Returns whether |measured − predicted| ≤ tolerance. */
  public boolean holds() {
    return Math.abs(measured - predicted) <= tolerance;
  }
}
