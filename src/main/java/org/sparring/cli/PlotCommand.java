package org.sparring.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.errors.EditDistance;
import org.sparring.errors.RecipeException;
import org.sparring.runfolders.RunFolder;
import org.sparring.telemetry.LinePlot;
import org.sparring.telemetry.MetricsHistory;
import org.sparring.telemetry.MetricsHistory.Curve;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plots scalars that runs have logged in metrics.jsonl. */
@Command(
    name = "plot",
    description = "Draw scalars of one or several runs over their steps, one panel per scalar.")
public final class PlotCommand implements Callable<Integer> {
  private static final int MOST_SCALARS = 8;

  @Mixin private StandardOptions standard;

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "run folders")
  private List<Path> runs;

  @Option(
      names = "--scalars",
      paramLabel = "NAME",
      split = ",",
      description = "names of scalars in metrics.jsonl (default: ${DEFAULT-VALUE})")
  private List<String> scalars = List.of("d_loss", "g_loss");

  @Option(
      names = "--smooth",
      paramLabel = "N",
      description = "draw the moving average of N logged values (default: ${DEFAULT-VALUE})")
  private int smooth = 1;

  @Option(names = "--title", paramLabel = "TEXT", description = "title above the panels")
  private String title = "";

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description = "PNG file to write (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("plot.png");

  public static void main(String[] arguments) {
    Shell.exit(new PlotCommand(), arguments);
  }

  @Override
  public Integer call() {
    standard.requireAtLeast("--smooth", smooth, 1);
    standard.requirePng("--out", out);
    standard.requireAtMost("--scalars", scalars.size(), MOST_SCALARS);
    Map<String, MetricsHistory> histories = new LinkedHashMap<>();
    runs.forEach(run -> histories.put(name(run), history(run)));
    List<LinePlot.Panel> panels = scalars.stream().map(s -> panel(s, histories)).toList();
    new LinePlot(title, panels).write(out);
    String what = String.join(", ", scalars) + " of " + String.join(", ", histories.keySet());
    standard.out().println("wrote " + out + ": " + what);
    return 0;
  }

  private LinePlot.Panel panel(String scalar, Map<String, MetricsHistory> histories) {
    Map<String, Curve> curves = new LinkedHashMap<>();
    histories.forEach((run, history) -> curves.put(run, curve(scalar, run, history)));
    return new LinePlot.Panel(scalar, curves);
  }

  private Curve curve(String scalar, String run, MetricsHistory history) {
    List<String> names = history.names();
    if (!names.contains(scalar)) {
      throw new RecipeException(
          "--scalars: expected one of "
              + String.join(", ", names)
              + ", found '"
              + scalar
              + "'\nin the run "
              + run
              + "; did you mean '"
              + EditDistance.nearest(scalar, names)
              + "'?");
    }
    return history.curve(scalar).smoothed(smooth);
  }

  private static MetricsHistory history(Path run) {
    RunFolder folder = new RunFolder(run);
    folder.requireSound();
    Path file = folder.metrics();
    if (!Files.isRegularFile(file)) {
      throw new RecipeException(
          "expected a run folder with metrics.jsonl, found none in "
              + run
              + "\nTrain one with ./sparring train --run "
              + run);
    }
    MetricsHistory history = MetricsHistory.read(file);
    if (history.names().isEmpty()) {
      throw new RecipeException(
          file + " holds no scalars yet\nLog sooner: ./sparring train --set log.steps=1");
    }
    return history;
  }

  /**
   * Returns the folder's name, which fits into a legend; the path if two runs have the same name.
   */
  private String name(Path run) {
    String name = last(run);
    boolean only = runs.stream().filter(other -> last(other).equals(name)).count() == 1;
    return only ? name : run.toString();
  }

  private static String last(Path run) {
    return String.valueOf(run.toAbsolutePath().normalize().getFileName());
  }
}
