package org.sparring.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.sparring.console.ExitCode;
import org.sparring.console.Shell;
import org.sparring.console.Spelling;
import org.sparring.console.StandardOptions;
import org.sparring.theory.Row;
import org.sparring.theory.Statement;
import org.sparring.theory.Statements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs small games with known answers and compares the measured values with the equations. */
@Command(
    name = "theory",
    description =
        "Run small games with known answers and compare the measured values with the equations.")
public final class TheoryCommand implements Callable<Integer> {
  private static final String LINE = "%-60s %10s %10s %9s  %s%n";
  private static final double NANOS = 1e9;

  /** Evaluated only when the command is called, because it loads much of the engine. */
  private final Supplier<List<Statement>> known;

  private final Spelling spelling = Spelling.of(Charset.defaultCharset());

  @Mixin private StandardOptions standard;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "only these statements, by the names at the left of the table")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "seed of all random numbers (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(names = "--json", description = "print one line of JSON on standard output at the end")
  private boolean json;

  public TheoryCommand() {
    this(Statements::all);
  }

  TheoryCommand(Supplier<List<Statement>> known) {
    this.known = known;
  }

  public static void main(String[] arguments) {
    Shell.exit(new TheoryCommand(), arguments);
  }

  @Override
  public Integer call() throws JsonProcessingException {
    List<Statement> statements = only.isEmpty() ? known.get() : Statements.named(known.get(), only);
    long start = System.nanoTime();
    print("statement", "predicted", "measured", "tolerance", "holds");
    List<Timed> rows = new ArrayList<>();
    for (Statement statement : statements) {
      standard.out().printf("%n%s: %s%n", statement.name(), spelling.of(statement.title()));
      standard.out().flush();
      check(statement, rows);
    }
    double seconds = since(start);
    long holding = rows.stream().filter(timed -> timed.row.holds()).count();
    standard.out().printf(Locale.ROOT, "%n%d of %d hold (%.1f s)%n", holding, rows.size(), seconds);
    if (json) {
      print(rows, seconds);
    }
    return holding == rows.size() ? ExitCode.DONE : ExitCode.REFUTED;
  }

  /**
   * @param row the row
   * @param seconds seconds since the previous row
   */
  private record Timed(Row row, double seconds) {}

  private void check(Statement statement, List<Timed> rows) {
    long[] last = {System.nanoTime()};
    statement.check(
        seed,
        row -> {
          rows.add(new Timed(row, since(last[0])));
          last[0] = System.nanoTime();
          print(
              "  " + spelling.of(row.statement()),
              number(row.predicted()),
              number(row.measured()),
              number(row.tolerance()),
              row.holds() ? "yes" : "NO");
        });
  }

  private void print(
      String statement, String predicted, String measured, String tolerance, String holds) {
    standard.out().printf(Locale.ROOT, LINE, statement, predicted, measured, tolerance, holds);
    standard.out().flush();
  }

  private void print(List<Timed> rows, double seconds) throws JsonProcessingException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("holds", rows.stream().allMatch(timed -> timed.row.holds()));
    report.put("statements", rows.stream().map(TheoryCommand::entry).toList());
    report.put("seconds", seconds);
    // equations contain symbols that not every console can print
    ObjectMapper mapper =
        new ObjectMapper().enable(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature());
    standard.out().println(mapper.writeValueAsString(report));
  }

  private static Map<String, Object> entry(Timed timed) {
    Row row = timed.row;
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", row.name());
    entry.put("statement", row.statement());
    entry.put("source", row.source());
    entry.put("predicted", row.predicted());
    // JSON cannot represent NaN and infinities
    entry.put("measured", Double.isFinite(row.measured()) ? row.measured() : null);
    entry.put("tolerance", row.tolerance());
    entry.put("holds", row.holds());
    entry.put("seconds", timed.seconds);
    return entry;
  }

  /**
   * Formats a number with five decimals; with one decimal from 1000 on, and in scientific notation
   * if it is small.
   */
  private static String number(double value) {
    double size = Math.abs(value);
    if (size >= 1000) {
      return String.format(Locale.ROOT, "%.1f", value);
    }
    String pattern = size == 0 || size >= 5e-4 ? "%.5f" : "%.2e";
    return String.format(Locale.ROOT, pattern, value);
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / NANOS;
  }
}
