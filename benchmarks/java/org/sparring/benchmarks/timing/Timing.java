package org.sparring.benchmarks.timing;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Times a contender's steps and checks that they did the given work.
 *
 * @param work work of a step
 * @param warmUp number of steps that build kernels and are not timed, at least 1
 * @param steps number of steps that are timed, at least 1
 * @param seconds minimum duration of the timing, reached by repeating {@code steps}, because a GPU
 *     is sampled only a few times per second
 */
public record Timing(Work work, int warmUp, int steps, double seconds) {
  public Timing {
    if (warmUp < 1 || steps < 1) {
      throw new IllegalArgumentException(
          "warm-up and steps must be at least 1, found " + warmUp + " and " + steps);
    }
  }

  public Timing(Work work, int warmUp, int steps) {
    this(work, warmUp, steps, 0);
  }

  /**
   * Times a contender.
   *
   * @throws IllegalStateException if the contender has other networks, its weights did not change,
   *     or it diverged
   */
  public Measurement of(Contender contender) {
    Contender.Parameters parameters = contender.parameters();
    requireSameNets(contender.engine(), parameters);
    Contender.Weights before = contender.weights();
    contender.make(warmUp, new StepClock());
    StepClock clock = new StepClock();
    Watched watched = watched(contender, clock);
    boolean moved = contender.weights().movedSince(before);
    require(clock.finite() && moved, contender.engine(), "finite losses and moved weights", clock);
    return new Measurement(
        contender.engine(),
        contender.versions(),
        work,
        contender.settings(),
        Spread.of(clock.milliseconds()),
        watched.foreign.isPresent() ? watched.foreign.getAsDouble() : null,
        check(parameters, clock, moved),
        watched.gpu.orElse(null));
  }

  /** The load of the machine during the timing. */
  private record Watched(OptionalDouble foreign, Optional<Measurement.GpuUse> gpu) {}

  private Watched watched(Contender contender, StepClock clock) {
    Optional<GpuMeter> gpu = GpuMeter.start();
    try {
      ForeignLoad load = new ForeignLoad();
      make(contender, clock);
      OptionalDouble foreign = load.processors();
      return new Watched(foreign, gpu.flatMap(GpuMeter::stop));
    } finally {
      // if steps fail, the tool must not keep running
      gpu.ifPresent(GpuMeter::close);
    }
  }

  private void make(Contender contender, StepClock clock) {
    long start = System.nanoTime();
    do {
      contender.make(steps, clock);
    } while (System.nanoTime() - start < seconds * 1e9);
  }

  private static Measurement.Check check(
      Contender.Parameters parameters, StepClock clock, boolean moved) {
    return new Measurement.Check(
        parameters.generator(),
        parameters.discriminator(),
        clock.last().discriminator(),
        clock.last().generator(),
        clock.finite(),
        moved);
  }

  private void requireSameNets(String engine, Contender.Parameters found) {
    Contender.Parameters expected =
        new Contender.Parameters(work.generatorParameters(), work.discriminatorParameters());
    require(found.equals(expected), engine, "parameters as in " + expected, found);
  }

  private static void require(boolean holds, String engine, String expected, Object found) {
    if (!holds) {
      throw new IllegalStateException(engine + ": expected " + expected + ", found " + found);
    }
  }
}
