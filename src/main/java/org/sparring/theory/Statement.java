package org.sparring.theory;

import java.util.function.Consumer;

/** A theoretical result about adversarial games that a small problem can demonstrate. */
public interface Statement {

  /** Returns the unique name with which users select the statement; short, in lower case. */
  String name();

  /** Returns a description of the problem in one line. */
  String title();

  /**
   * Runs the problem and measures the predicted values.
   *
   * @param seed seed of all random numbers
   * @param rows receives each row as soon as it is measured, in the same order for every seed
   */
  void check(long seed, Consumer<Row> rows);
}
