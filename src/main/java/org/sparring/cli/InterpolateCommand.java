package org.sparring.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sparring.console.Labels;
import org.sparring.console.ModelOptions;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.inference.GeneratorModel;
import org.sparring.inference.Images;
import org.sparring.telemetry.ImageGrid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes images that interpolate between two seeds. */
@Command(
    name = "interpolate",
    description =
        "Write images that interpolate between the latent vectors of two seeds, along a great arc.")
public final class InterpolateCommand implements Callable<Integer> {
  @Mixin private StandardOptions standard;

  @Mixin private ModelOptions models;

  /** Maximum number of frames in one row; further frames go into the next row. */
  private static final int WIDEST = 16;

  @Parameters(paramLabel = "MODEL", description = "a run folder or a SavedModel folder")
  private Path model;

  @Option(names = "--from", paramLabel = "S1", required = true, description = "first seed")
  private long from;

  @Option(names = "--to", paramLabel = "S2", required = true, description = "last seed")
  private long to;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "number of images, both ends included (default: ${DEFAULT-VALUE})")
  private int frames = 9;

  @Option(
      names = "--label",
      paramLabel = "C",
      description =
          "the class of all frames, by name or number, of a conditional model (default: 0)")
  private String label;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description = "PNG file to write (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("interpolation.png");

  public static void main(String[] arguments) {
    Shell.exit(new InterpolateCommand(), arguments);
  }

  @Override
  public Integer call() {
    standard.requireAtLeast("--frames", frames, 2);
    standard.requirePng("--out", out);
    try (GeneratorModel generator = models.load(model)) {
      long rows = ImageGrid.mostInALine(generator.height(), generator.width());
      standard.requireAtMost("--frames", frames, rows * WIDEST);
      Images images = images(generator);
      ImageGrid.write(images.grid(Math.min(frames, WIDEST)), out);
      standard.out().println("wrote " + out + ": " + frames + " frames from " + from + " to " + to);
      return 0;
    }
  }

  private Images images(GeneratorModel generator) {
    int classes = generator.classes();
    if (classes == 0 && label == null) {
      return generator.interpolate(from, to, frames);
    }
    int asked = label == null ? 0 : Labels.of(standard, "--label", generator).one(label);
    return generator.interpolate(from, to, frames, asked);
  }
}
