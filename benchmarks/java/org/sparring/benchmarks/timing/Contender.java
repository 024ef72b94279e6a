package org.sparring.benchmarks.timing;

import java.util.Map;

/** A library that trains the networks of a {@link Work} and is timed. */
public interface Contender extends AutoCloseable {
  /** Returns the name used in tables, such as {@code djl-torchscript}. */
  String engine();

  /** Returns the versions of the libraries that do the work, by name. */
  Map<String, String> versions();

  /** Returns further settings that distinguish this run from other runs of the engine, by name. */
  Map<String, String> settings();

  /** Returns the number of trainable parameters of each player. */
  Parameters parameters();

  /**
   * Runs {@code count} steps and reports each to the clock.
   *
   * @param count at least 1
   */
  void make(int count, StepClock clock);

  /** Returns digests that change if and only if a player's weights change. */
  Weights weights();

  @Override
  void close();

  /** The number of trainable parameters of each player. */
  record Parameters(long generator, long discriminator) {}

  /** A digest of each player's weights. */
  record Weights(String generator, String discriminator) {
    /** Returns whether the weights of both players differ from {@code before}. */
    boolean movedSince(Weights before) {
      return !generator.equals(before.generator) && !discriminator.equals(before.discriminator);
    }
  }
}
