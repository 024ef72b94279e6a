package org.sparring.benchmarks.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.PatternSyntaxException;
import org.sparring.benchmarks.sheets.Comparison;
import org.sparring.benchmarks.sheets.Sheet;
import org.sparring.benchmarks.steps.SuiteLimits;
import org.sparring.console.ExitCode;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code bench}: runs the benchmarks and compares their results. */
@Command(
    name = "sparring bench",
    sortOptions = false,
    description = {
      "Run the benchmarks, each in a separate JVM, and write the results to a file.",
      "",
      "--compare prints B divided by A for each figure that both files have: the ratio of the"
          + " medians, and in brackets its 95 %% confidence interval. The interval comes from"
          + " order statistics of the samples and assumes no distribution; = marks intervals that"
          + " contain 1, ~ marks ranges of fewer than 7 samples, which are shown instead."
          + " Ratios of times below 1 mean that B is faster. * marks figures that were taken while"
          + " other processes used more than 15 %% of the processors.",
      ""
    })
public final class BenchCommand implements Callable<Integer> {
  @Mixin private StandardOptions standard;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATTERN",
      description = "a part of a benchmark's name, or a regular expression (default: all)")
  private String pattern = "";

  @Option(
      names = "--list",
      description = "List the benchmarks and their parameters, without running any.")
  private boolean list;

  @Option(
      names = "--quick",
      description = "Measure only one figure of each kind, in 5 minutes on two idle cores.")
  private boolean quick;

  @Option(
      names = {"-p", "--param"},
      paramLabel = "NAME=VALUE[,…]",
      description = "values of a parameter, for the benchmarks that have it; may be repeated")
  private Map<String, String> params = new LinkedHashMap<>();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "results file (default: benchmarks/results/MACHINE.json of this checkout)")
  private Path json;

  @Option(
      names = "--compare",
      arity = "2",
      paramLabel = "FILE",
      description =
          "Print the ratios of two results files, B divided by A, without running any benchmark.")
  private List<Path> compare;

  @Option(
      names = "--limits",
      arity = "0..*",
      paramLabel = "WORD=VALUE",
      description = {
        "Print the multiply-adds of a training step by layer, and its speed as a share of the"
            + " speed of",
        "its products alone. Words: net (dcgan-32, dcgan-64, dcgan-128), width, batch, rule,",
        "precision, steps of a round, …"
      })
  private List<String> limits;

  public static void main(String[] arguments) {
    Shell.exit(new BenchCommand(), arguments);
  }

  @Override
  public Integer call() {
    if (compare != null) {
      return compared();
    }
    if (limits != null) {
      return limited();
    }
    List<String> names = chosen();
    if (list) {
      values(names); // a wrong parameter is refused here too
      names.forEach(this::describe);
      return ExitCode.DONE;
    }
    SheetMaker sheets = new SheetMaker(home(), quick);
    Path file =
        json == null
            ? home().resolve("benchmarks/results").resolve(sheets.machine().slug() + ".json")
            : json;
    requireWritable(file);
    Suite suite =
        new Suite(
            values(names),
            standard.out(),
            standard.verbose(),
            results -> sheets.of(results).write(file));
    run(suite, names);
    return ended(suite, file);
  }

  private void run(Suite suite, List<String> names) {
    if (quick) {
      List<String> some = Suite.inShort(names);
      standard.require(
          !some.isEmpty(),
          "--quick: expected a benchmark of the short choice, found only "
              + String.join(", ", names)
              + "; it has "
              + String.join(", ", Suite.inShort(Suite.names())));
      suite.quick(some);
    } else {
      suite.run(names);
    }
  }

  /** Checks the file before the first measurement, so that a mistake is reported immediately. */
  private void requireWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    standard.require(
        folder != null
            && Files.isDirectory(folder)
            && Files.isWritable(folder)
            && !Files.isDirectory(file),
        "--json: expected a file that can be written, found " + file);
  }

  private int compared() {
    compare.forEach(
        file ->
            standard.require(
                Files.isRegularFile(file),
                "--compare: expected two results files, found no " + file));
    Comparison comparison = new Comparison(Sheet.read(compare.get(0)), Sheet.read(compare.get(1)));
    standard.require(
        !comparison.rows().isEmpty(),
        "--compare: expected files with a benchmark in common, found none in "
            + compare.get(0)
            + " and "
            + compare.get(1));
    standard.out().print(comparison.table());
    standard.out().flush();
    return ExitCode.DONE;
  }

  private int limited() {
    try {
      List<String> words = limits.stream().filter(word -> !word.isBlank()).toList();
      standard.out().print(SuiteLimits.of(words));
      standard.out().flush();
      return ExitCode.DONE;
    } catch (IllegalArgumentException e) {
      throw standard.refusal("--limits: " + e.getMessage());
    }
  }

  private List<String> chosen() {
    List<String> names;
    try {
      names = Suite.matching(pattern);
    } catch (PatternSyntaxException e) {
      throw standard.refusal("expected a regular expression, found '" + pattern + "'");
    }
    standard.require(
        !names.isEmpty(),
        "expected a part of a benchmark's name, found '"
            + pattern
            + "'; there are "
            + String.join(", ", Suite.names()));
    return names;
  }

  /** Returns the values by parameter; throws if none of the benchmarks has a parameter. */
  private Map<String, List<String>> values(List<String> names) {
    Map<String, Map<String, String[]>> known = Suite.parameters();
    Map<String, List<String>> values = new TreeMap<>();
    params.forEach(
        (name, given) -> {
          List<String> there =
              names.stream()
                  .flatMap(n -> known.get(n).keySet().stream())
                  .distinct()
                  .sorted()
                  .toList();
          standard.require(
              there.contains(name),
              "--param: expected one of "
                  + String.join(", ", there)
                  + " for these benchmarks, found '"
                  + name
                  + "'");
          values.put(name, List.of(given.split(",", -1)));
        });
    return values;
  }

  private void describe(String name) {
    StringBuilder line = new StringBuilder(name);
    new TreeMap<>(Suite.parameters().get(name))
        .forEach(
            (param, values) ->
                line.append(' ').append(param).append('=').append(String.join(",", values)));
    standard.out().println(line);
  }

  private int ended(Suite suite, Path file) {
    suite.failed().forEach(name -> standard.err().println("sparring bench: failed: " + name));
    if (!suite.results().isEmpty()) {
      standard.out().println("wrote " + file + ": " + suite.results().size() + " figures");
    }
    return suite.failed().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  private static Path home() {
    return Path.of(System.getProperty("sparring.home", ""));
  }
}
