package org.sparring.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sparring.inference.GeneratorModel;
import org.sparring.inference.Images;
import org.sparring.telemetry.ImageGrid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a grid of images of a trained generator. */
@Command(
    name = "sample",
    description = "Write a grid of images that a trained generator makes of a seed.")
public final class SampleCommand implements Callable<Integer> {
  @Mixin private StandardOptions standard;

  @Parameters(paramLabel = "MODEL", description = "a run folder or a SavedModel folder")
  private Path model;

  @Option(names = "--n", paramLabel = "N", description = "images (default: ${DEFAULT-VALUE})")
  private int count = 64;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "the same seed gives the same images (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--truncation",
      paramLabel = "PSI",
      description = "keep latents within PSI: fewer odd images, less variety (default: none)")
  private float truncation = GeneratorModel.UNTRUNCATED;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description = "where to write (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("samples.png");

  public static void main(String[] arguments) {
    Shell.exit(new SampleCommand(), arguments);
  }

  @Override
  public Integer call() {
    standard.requireAtLeast("--n", count, 1);
    standard.requireAtLeast("--truncation", truncation, 0);
    try (GeneratorModel generator = GeneratorModel.load(model)) {
      standard.requireAtMost("--n", count, most(generator));
      Images images =
          truncation == GeneratorModel.UNTRUNCATED
              ? generator.sample(seed, count)
              : generator.sample(seed, count, truncation);
      ImageGrid.write(images.grid((int) Math.ceil(Math.sqrt(count))), out);
      standard.out().println("wrote " + out + ": " + count + " images of seed " + seed);
      return 0;
    }
  }

  /** The grid is as wide as it is high, and its values are one array. */
  private static long most(GeneratorModel generator) {
    long side = ImageGrid.mostInALine(generator.height(), generator.width());
    long values = (long) generator.height() * generator.width() * generator.channels();
    return Math.min(side * side, Integer.MAX_VALUE / values);
  }
}
