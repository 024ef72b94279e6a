package org.sparring.benchmarks.peers;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.sparring.benchmarks.timing.Measurement;

/**
 * Runs the same steps in every engine, alternating A B C A B C, each run in a separate process, and
 * reports their times relative to Sparring's. {@code compare.sh} starts it.
 */
public final class PeerComparison {
  private PeerComparison() {}

  /** Exit code 1 if a run failed, 2 for a wrong option. */
  public static void main(String[] args) {
    Plan plan = plan(args);
    RoundTimes rounds = new RoundTimes();
    boolean whole = true;
    for (int round = 1; round <= plan.rounds(); round++) {
      Map<Engine, Measurement> measured = measured(plan, round);
      whole &= measured.size() == plan.engines().size();
      rounds.add(measured);
      // after each round, so that a failure in a later round loses nothing
      write(plan, rounds);
    }
    print(plan, rounds);
    System.exit(whole ? 0 : 1);
  }

  private static Plan plan(String... args) {
    try {
      return Plan.of(args);
    } catch (IllegalArgumentException e) {
      System.err.println("compare.sh: " + e.getMessage());
      System.exit(2);
      throw e;
    }
  }

  /** Measures a round; an engine that fails is left out. */
  private static Map<Engine, Measurement> measured(Plan plan, int round) {
    Map<Engine, Measurement> measured = new EnumMap<>(Engine.class);
    for (Engine engine : plan.engines()) {
      String turn =
          String.format(Locale.ROOT, "round %d of %d  %-24s", round, plan.rounds(), engine.title());
      try {
        Measurement measurement = EngineProcess.run(engine, plan);
        measured.put(engine, measurement);
        String neighbour = RoundTimes.isClean(measurement) ? "" : "  (a neighbour: dropped)";
        System.out.printf(
            Locale.ROOT, "%s %9.1f ms%s%n", turn, measurement.stepMs().median(), neighbour);
      } catch (IllegalStateException | IllegalArgumentException | UncheckedIOException e) {
        System.out.println(turn + "    failed");
        System.err.println("compare.sh: " + e.getMessage());
      }
    }
    return measured;
  }

  private static void print(Plan plan, RoundTimes rounds) {
    System.out.println();
    // the table has signs that are not in every encoding
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.print(RatioTable.of(plan, rounds));
    long dropped = plan.engines().stream().mapToLong(rounds::dropped).sum();
    System.out.printf(
        Locale.ROOT,
        "%d of %d runs dropped: others took more than %.2f cores meanwhile.%n",
        dropped,
        (long) plan.rounds() * plan.engines().size(),
        RoundTimes.MOST_FOREIGN_CORES);
    System.out.println("wrote " + file(plan, ".json"));
    if (rounds.step(Engine.SPARRING_ALTERNATING).isPresent()) {
      System.out.println("wrote " + file(plan, ".png"));
    }
  }

  private static void write(Plan plan, RoundTimes rounds) {
    try {
      Files.createDirectories(plan.out());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ResultFile.write(plan, rounds, file(plan, ".json"));
    if (rounds.step(Engine.SPARRING_ALTERNATING).isPresent()) {
      RatioPlot.write(plan, rounds, file(plan, ".png"));
    }
  }

  private static Path file(Plan plan, String ending) {
    return plan.out().resolve("peers-" + plan.net() + ending);
  }
}
