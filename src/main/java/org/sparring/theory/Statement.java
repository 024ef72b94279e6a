package org.sparring.theory;

import java.util.function.Consumer;

/** A theoretical result about adversarial games that a small problem can demonstrate. */
public interface Statement {

  /** Short, lower case, unique: how it is asked for. */
  String name();

  /** What the problem is, in one line. */
  String title();

  /**
   * Plays the problem.
   *
   * @param seed of everything random in it
   * @param rows takes each row as soon as it is measured, in the same order for every seed
   */
  void check(long seed, Consumer<Row> rows);
}
