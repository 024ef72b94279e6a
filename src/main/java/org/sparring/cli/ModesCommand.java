package org.sparring.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.sparring.console.ExitCode;
import org.sparring.console.Shell;
import org.sparring.console.Spelling;
import org.sparring.console.StandardOptions;
import org.sparring.modes.ModesBenchmark;
import org.sparring.modes.ModesPicture;
import org.sparring.modes.ModesReport;
import org.sparring.modes.ModesScore;
import org.sparring.modes.ModesTask;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.Recipes;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains recipes on a published benchmark of mode collapse and scores them. */
@Command(
    name = "modes",
    description = "Train recipes on a published benchmark of mode collapse and count the modes.")
public final class ModesCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
  private static final String ROW = "%-26s %14s %15s %19s %19s%n";

  private final Spelling spelling = Spelling.of(Charset.defaultCharset());

  private static final int MOST_RUNS = 1000;

  @Mixin private StandardOptions standard;

  @Parameters(paramLabel = "TASK", description = "ring, grid or stacked-mnist")
  private String task;

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      split = ",",
      description =
          "one or more recipes: files or names of folders in models/; the last line of --json"
              + " describes the last one (default: the best recipe of the task)")
  private List<String> recipes = new ArrayList<>();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description =
          "runs per recipe, with consecutive seeds from --seed on (default: ${DEFAULT-VALUE})")
  private int runs = 5;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "seed of the first run (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder of the MNIST files, for stacked-mnist (default: that of the recipe)")
  private Path data;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "override one key of every recipe; may be repeated")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "parallel runs (default: one per core for ring and grid, 1 for stacked-mnist)")
  private Integer jobs;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "folder for the runs and the picture (default: runs/modes-TASK-TIME)")
  private Path root;

  @Option(
      names = "--json",
      description = "print one line of JSON per recipe on standard output at the end")
  private boolean json;

  public static void main(String[] arguments) {
    Shell.exit(new ModesCommand(), arguments);
  }

  @Override
  public Integer call() throws JsonProcessingException {
    standard.requireAtLeast("--runs", runs, 1);
    standard.require(runs <= MOST_RUNS, "--runs: expected at most 1000, found " + runs);
    ModesTask wanted = ModesTask.of(task);
    List<Entry> entries = entries(wanted);
    ModesBenchmark benchmark = new ModesBenchmark(wanted, folder(wanted), jobs(wanted));
    entries.forEach(e -> benchmark.requireFit(e.recipe()));
    head(wanted, benchmark.real(entries.get(0).recipe()));
    List<ModesReport> reports = new ArrayList<>();
    for (Entry entry : entries) {
      ModesReport report =
          benchmark.run(entry.name(), entry.recipe(), seeds(), r -> progress(entry.name(), r));
      row(report);
      reports.add(report);
    }
    // print the figures first, because drawing fails on a machine without fonts
    print(reports);
    Path picture = ModesPicture.of(benchmark, reports).write(benchmark.root());
    standard.err().println("wrote " + picture);
    return ExitCode.DONE;
  }

  private record Entry(String name, Recipe recipe) {}

  private List<Entry> entries(ModesTask wanted) {
    List<String> names = recipes.isEmpty() ? List.of(wanted.bestRecipe()) : recipes;
    return names.stream().map(name -> new Entry(Recipes.name(name), recipe(wanted, name))).toList();
  }

  private Recipe recipe(ModesTask wanted, String name) {
    RecipeReader reader = Recipes.load(name);
    if (data != null) {
      reader.set("data.source", wanted.source(data));
    }
    settings.forEach(reader::set);
    return reader.recipe();
  }

  private Path folder(ModesTask wanted) {
    String time = LocalDateTime.now(ZoneId.systemDefault()).format(TIME);
    return root != null ? root : Path.of("runs", "modes-" + wanted.label() + "-" + time);
  }

  private int jobs(ModesTask wanted) {
    if (jobs != null) {
      return jobs;
    }
    return wanted.isPlane() ? Runtime.getRuntime().availableProcessors() : 1;
  }

  private long[] seeds() {
    return LongStream.range(seed, seed + runs).toArray();
  }

  private void head(ModesTask wanted, ModesScore real) {
    standard
        .out()
        .printf(
            Locale.ROOT,
            "%s: %d samples scored a run, reverse KL floor %.4f%n%n" + ROW,
            wanted.label(),
            wanted.samples(),
            real.klFloor(),
            "",
            "modes /" + real.modesOf(),
            "high quality %",
            "reverse KL",
            "less floor");
    print(
        "real data",
        real.modes() + "",
        decimals(real.highQuality(), 2),
        decimals(real.reverseKl(), 4),
        decimals(real.klCorrected(), 4));
    for (ModesTask.Published published : wanted.published()) {
      print(
          published.name(), published.modes(), published.highQuality(), published.reverseKl(), "");
    }
  }

  private void row(ModesReport report) {
    print(
        report.recipe() + runs(report.results().size()),
        report.modes().text(2),
        report.highQuality().map(s -> s.text(2)).orElse(""),
        report.reverseKl().text(4),
        report.klCorrected().text(4));
    if (report.highQuality().filter(s -> s.mean() > ModesScore.SHRUNKEN).isPresent()) {
      standard.out().println("  more than of real data: the generated modes are too narrow");
    }
  }

  private static String runs(int count) {
    return count == 1 ? " (1 run)" : " (" + count + " runs)";
  }

  private void print(String... cells) {
    standard.out().println(spelling.of(String.format(ROW, (Object[]) cells).stripTrailing()));
    standard.out().flush();
  }

  private void progress(String name, ModesReport.Result result) {
    ModesScore score = result.score();
    standard
        .err()
        .printf(
            Locale.ROOT,
            "%s seed %d: %d of %d modes, %sreverse KL %.4f, %.0f s%s%n",
            name,
            result.seed(),
            score.modes(),
            score.modesOf(),
            quality(score),
            score.reverseKl(),
            result.seconds(),
            result.alarms().isEmpty() ? "" : ", alarms " + String.join(", ", result.alarms()));
    standard.err().flush();
  }

  private static String quality(ModesScore score) {
    return score.highQuality() == null
        ? ""
        : decimals(score.highQuality(), 2)
            + " % high quality"
            + (score.shrunken() ? " (more than real data: modes too narrow), " : ", ");
  }

  private void print(List<ModesReport> reports) throws JsonProcessingException {
    if (json) {
      for (ModesReport report : reports) {
        standard.out().println(new ObjectMapper().writeValueAsString(report.line()));
      }
    }
  }

  private static String decimals(Double value, int places) {
    return value == null ? "" : String.format(Locale.ROOT, "%." + places + "f", value);
  }
}
