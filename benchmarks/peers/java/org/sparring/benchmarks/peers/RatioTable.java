package org.sparring.benchmarks.peers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sparring.benchmarks.timing.Spread;

/** The comparison as a table in Markdown. */
final class RatioTable {
  private RatioTable() {}

  static String of(Plan plan, RoundTimes rounds) {
    StringBuilder table = new StringBuilder();
    table.append("| ").append(plan.net()).append(" | step, ms | clean runs |");
    List<Engine> ours = plan.engines().stream().filter(Engine::isOurs).toList();
    ours.forEach(e -> table.append(' ').append(e.title()).append(" ÷ it |"));
    table.append("\n|---|---|---|").append("---|".repeat(ours.size())).append('\n');
    for (Engine engine : plan.engines()) {
      table.append("| ").append(engine.title());
      table.append(" | ").append(shown(rounds.step(engine), "%.1f"));
      table.append(" | ").append(rounds.clean(engine));
      table.append(" of ").append(plan.rounds()).append(" |");
      for (Engine own : ours) {
        String ratio = own == engine ? "1" : shown(rounds.ratio(own, engine), "%.3f");
        table.append(' ').append(ratio).append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  /** median (lower quartile to upper quartile). */
  private static String shown(Optional<Spread> spread, String format) {
    String all = format + " (" + format + "–" + format + ")";
    return spread
        .map(s -> String.format(Locale.ROOT, all, s.median(), s.lowerQuartile(), s.upperQuartile()))
        .orElse("–");
  }
}
