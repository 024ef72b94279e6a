package org.sparring.benchmarks.timing;

import java.util.Map;

/** A library that trains the pair of a {@link Work}: made, warmed up, timed, closed. */
public interface Contender extends AutoCloseable {
  /** As tables name it, such as {@code djl-torchscript}. */
  String engine();

  /** Of the libraries that do the work, by name. */
  Map<String, String> versions();

  /** What else distinguishes this run from others of the engine, by name. */
  Map<String, String> settings();

  /** What the players' optimizers move. */
  Parameters parameters();

  /**
   * Runs {@code count} steps and reports each to the clock.
   *
   * @param count at least 1
   */
  void make(int count, StepClock clock);

  /** Numbers that change if, and only if, a player's weights do. */
  Weights weights();

  @Override
  void close();

  /** Weights by player. */
  record Parameters(long generator, long discriminator) {}

  /** A digest of each player's weights. */
  record Weights(String generator, String discriminator) {
    /** Whether both players have moved since. */
    boolean movedSince(Weights before) {
      return !generator.equals(before.generator) && !discriminator.equals(before.discriminator);
    }
  }
}
