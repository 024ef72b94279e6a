package org.sparring.benchmarks.peers;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.sparring.benchmarks.timing.Measurement;

/**
 * Lets every engine make the same steps in turns, A B C A B C, each run in a process of its own,
 * and says how long they took beside Sparring's. {@code compare.sh} starts it.
 */
public final class Comparison {
  private Comparison() {}

  /** Exit code 2 for a wrong option. */
  public static void main(String[] args) throws IOException {
    try {
      Plan plan = Plan.of(args);
      Rounds rounds = play(plan);
      System.out.println();
      // its signs are in no other encoding
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      out.print(RatioTable.of(plan, rounds));
      long dropped = plan.engines().stream().mapToLong(rounds::dropped).sum();
      System.out.printf(
          Locale.ROOT,
          "%d of %d runs dropped: others took more than %.2f cores meanwhile.%n",
          dropped,
          (long) plan.rounds() * plan.engines().size(),
          Rounds.MOST_FOREIGN_CORES);
      write(plan, rounds);
    } catch (IllegalArgumentException e) {
      System.err.println("compare.sh: " + e.getMessage());
      System.exit(2);
    }
  }

  private static Rounds play(Plan plan) {
    Rounds rounds = new Rounds();
    for (int round = 1; round <= plan.rounds(); round++) {
      Map<Engine, Measurement> measured = new EnumMap<>(Engine.class);
      for (Engine engine : plan.engines()) {
        Measurement measurement = EngineProcess.run(engine, plan);
        measured.put(engine, measurement);
        System.out.printf(
            Locale.ROOT,
            "round %d of %d  %-24s %9.1f ms%s%n",
            round,
            plan.rounds(),
            engine.title(),
            measurement.stepMs().median(),
            Rounds.isClean(measurement) ? "" : "  (a neighbour: dropped)");
      }
      rounds.add(measured);
    }
    return rounds;
  }

  private static void write(Plan plan, Rounds rounds) throws IOException {
    Files.createDirectories(plan.out());
    Path json = plan.out().resolve("peers-" + plan.net() + ".json");
    ResultFile.write(plan, rounds, json);
    System.out.println("wrote " + json);
    Path picture = plan.out().resolve("peers-" + plan.net() + ".png");
    if (rounds.step(Engine.SPARRING_ALTERNATING).isPresent()) {
      RatioPlot.write(plan, rounds, picture);
      System.out.println("wrote " + picture);
    }
  }
}
