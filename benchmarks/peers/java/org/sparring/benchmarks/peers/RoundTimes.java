package org.sparring.benchmarks.peers;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.benchmarks.timing.Measurement;
import org.sparring.benchmarks.timing.Spread;

/** What was measured, round by round. A run that had a neighbour counts for nothing. */
final class RoundTimes {
  /** Processors that others may take during a run: more slows some engines twice, some tenfold. */
  static final double MOST_FOREIGN_CORES = 0.15;

  private final List<Map<Engine, Measurement>> rounds = new ArrayList<>();

  /**
   * Adds a round; an engine that failed in it is not there.
   *
   * @throws IllegalStateException if the engines do not train the same pair
   */
  void add(Map<Engine, Measurement> round) {
    round.forEach(this::requireSamePair);
    rounds.add(new EnumMap<>(round));
  }

  private void requireSamePair(Engine engine, Measurement measurement) {
    long expected =
        measurement.work().generatorParameters() + measurement.work().discriminatorParameters();
    long found =
        measurement.check().generatorParameters() + measurement.check().discriminatorParameters();
    if (expected != found) {
      throw new IllegalStateException(
          engine.label() + ": expected " + expected + " parameters, found " + found);
    }
  }

  List<Map<Engine, Measurement>> all() {
    return List.copyOf(rounds);
  }

  static boolean isClean(Measurement measurement) {
    Double foreign = measurement.foreignCores();
    return foreign == null || foreign <= MOST_FOREIGN_CORES;
  }

  /** Runs that had a neighbour, of one engine. */
  long dropped(Engine engine) {
    return rounds.stream().map(r -> r.get(engine)).filter(m -> m != null && !isClean(m)).count();
  }

  /** Runs that had none. */
  long clean(Engine engine) {
    return rounds.stream().filter(r -> clean(r, engine).isPresent()).count();
  }

  /** Medians of an engine's clean runs, in milliseconds. */
  Optional<Spread> step(Engine engine) {
    return spread(rounds.stream().map(r -> clean(r, engine)).flatMap(Optional::stream).toList());
  }

  /** Of the medians of two engines, over the rounds in which both ran clean. */
  Optional<Spread> ratio(Engine over, Engine under) {
    List<Double> ratios = new ArrayList<>();
    for (Map<Engine, Measurement> round : rounds) {
      Optional<Double> below = clean(round, under);
      clean(round, over).ifPresent(a -> below.ifPresent(b -> ratios.add(a / b)));
    }
    return spread(ratios);
  }

  /** Ratios of Sparring's steps to each engine's, as files keep them. */
  Map<String, Map<String, Spread>> ratios(List<Engine> engines) {
    Map<String, Map<String, Spread>> all = new LinkedHashMap<>();
    for (Engine ours : engines.stream().filter(Engine::isOurs).toList()) {
      Map<String, Spread> of = new LinkedHashMap<>();
      engines.forEach(e -> ratio(ours, e).ifPresent(spread -> of.put(e.label(), spread)));
      all.put(ours.label(), of);
    }
    return all;
  }

  private static Optional<Double> clean(Map<Engine, Measurement> round, Engine engine) {
    return Optional.ofNullable(round.get(engine))
        .filter(RoundTimes::isClean)
        .map(m -> m.stepMs().median());
  }

  private static Optional<Spread> spread(List<Double> values) {
    return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
  }
}
