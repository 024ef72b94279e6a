package org.sparring.modes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sparring.inference.GeneratorModel;
import org.sparring.telemetry.ImageGrid;
import org.sparring.telemetry.ScatterPlot;

/** Draws samples of the first run of each recipe in one picture. */
public final class ModesPicture {
  private static final String FILE = "modes.png";
  private static final int STACKS = 64;
  private static final int COLUMNS = 8;

  private final ModesBenchmark benchmark;
  private final List<ModesReport> reports;

  private ModesPicture(ModesBenchmark benchmark, List<ModesReport> reports) {
    this.benchmark = benchmark;
    this.reports = reports;
  }

  public static ModesPicture of(ModesBenchmark benchmark, List<ModesReport> reports) {
    return new ModesPicture(benchmark, reports);
  }

  /** Writes {@code modes.png} into a folder: points over the modes, or a grid of stacked digits. */
  public Path write(Path folder) {
    Path file = folder.resolve(FILE);
    if (benchmark.task().isPlane()) {
      new ScatterPlot("", panels()).write(file);
    } else {
      ModesReport.Result last = reports.get(reports.size() - 1).results().get(0);
      try (GeneratorModel model = GeneratorModel.load(Path.of(last.folder()))) {
        ImageGrid.write(model.sample(ModesBenchmark.SCORED_SEED, STACKS).grid(COLUMNS), file);
      }
    }
    return file;
  }

  private List<ScatterPlot.Panel> panels() {
    List<ScatterPlot.Panel> panels = new ArrayList<>();
    panels.add(panel("real data", benchmark.realPoints()));
    for (ModesReport report : reports) {
      ModesReport.Result first = report.results().get(0);
      ModesScore score = first.score();
      String title =
          String.format(
              Locale.ROOT,
              "%s: %d modes, %.1f %%, KL %.3f",
              report.recipe(),
              score.modes(),
              score.highQuality(),
              score.reverseKl());
      panels.add(panel(title, benchmark.points(first)));
    }
    return panels.subList(0, Math.min(panels.size(), ScatterPlot.MOST_PANELS));
  }

  private ScatterPlot.Panel panel(String title, float[] points) {
    var mixture = benchmark.task().mixture();
    return new ScatterPlot.Panel(title, mixture.modes(), mixture.sigma(), points);
  }
}
