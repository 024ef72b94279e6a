package org.sparring.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.sparring.console.ExitCode;
import org.sparring.console.Labels;
import org.sparring.console.LatentOptions;
import org.sparring.console.ModelOptions;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.inference.GeneratorModel;
import org.sparring.inference.Images;
import org.sparring.natives.SessionOptions;
import org.sparring.telemetry.ImageGrid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a grid of images of a trained generator. */
@Command(
    name = "sample",
    description = "Write a grid of images that a trained generator generates from a seed.")
public final class SampleCommand implements Callable<Integer> {
  /** Default number of images. */
  private static final int IMAGES = 64;

  /** Default number of images of each class. */
  private static final int ROW = 8;

  private static final String FLOAT32 = "float32";
  private static final String BFLOAT16 = "bfloat16";

  @Mixin private StandardOptions standard;

  @Mixin private ModelOptions models;

  @Mixin private LatentOptions latents;

  @Parameters(paramLabel = "MODEL", description = "a run folder or a SavedModel folder")
  private Path model;

  @Option(
      names = "--n",
      paramLabel = "N",
      description = "number of images (default: 64); with --labels, of each class (default: 8)")
  private Integer count;

  @Option(
      names = "--label",
      paramLabel = "C",
      description = "images of this class, by name or number, of a conditional model")
  private String label;

  @Option(
      names = "--labels",
      paramLabel = "A..B",
      description =
          "one row for each of these classes, such as 0..9 or 1,3,cat, of a conditional model")
  private String labels;

  @Option(
      names = "--precision",
      paramLabel = "P",
      description =
          "float32, or bfloat16, in which a CPU that can multiply it computes (default:"
              + " ${DEFAULT-VALUE})")
  private String precision = FLOAT32;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description = "PNG file to write (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("samples.png");

  public static void main(String[] arguments) {
    Shell.exit(new SampleCommand(), arguments);
  }

  @Override
  public Integer call() {
    latents.check(standard);
    standard.requirePng("--out", out);
    try (GeneratorModel generator = models.load(model, session())) {
      standard.requireAtMost("--n", count == null ? 1 : count, most(generator));
      Asked asked = asked(generator);
      standard.requireAtMost("--n", asked.count(), most(generator));
      Images images = asked.of(generator, latents.seed(), latents.truncation());
      ImageGrid.write(images.grid(asked.columns()), out);
      standard.out().println("wrote " + out + ": " + asked.words() + " of seed " + latents.seed());
      return ExitCode.DONE;
    }
  }

  private SessionOptions session() {
    standard.require(
        precision.equals(FLOAT32) || precision.equals(BFLOAT16),
        "--precision: expected float32 or bfloat16, found " + precision);
    return precision.equals(BFLOAT16)
        ? SessionOptions.DEFAULT.inBfloat16()
        : SessionOptions.DEFAULT;
  }

  private Asked asked(GeneratorModel generator) {
    standard.requireAtLeast("--n", count == null ? 1 : count, 1);
    if (labels != null) {
      standard.require(label == null, "--labels: expected no --label with it, found " + label);
      Labels named = Labels.of(standard, "--labels", generator);
      return Asked.rows(named.several(labels), named.names(), or(count, ROW));
    }
    int images = or(count, IMAGES);
    return label == null
        ? Asked.any(images)
        : Asked.one(Labels.of(standard, "--label", generator).one(label), label, images);
  }

  private static int or(Integer given, int otherwise) {
    return given == null ? otherwise : given;
  }

  /**
   * Returns the maximum number of images: the grid is square, and its values must fit in one array.
   */
  private static long most(GeneratorModel generator) {
    long side = ImageGrid.mostInALine(generator.height(), generator.width());
    long values = (long) generator.height() * generator.width() * generator.channels();
    return Math.min(side * side, Integer.MAX_VALUE / values);
  }

  /**
   * The requested images.
   *
   * @param labels class label of each image; empty if no class was requested
   * @param words description for the message
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Asked(int count, int columns, int[] labels, String words) {
    static Asked any(int count) {
      return new Asked(count, square(count), new int[0], count + " images");
    }

    static Asked one(int label, String name, int count) {
      int[] labels = new int[count];
      Arrays.fill(labels, label);
      return new Asked(count, square(count), labels, count + " images of class " + name);
    }

    static Asked rows(List<Integer> classes, List<String> names, int each) {
      int[] labels =
          classes.stream()
              .flatMap(c -> Collections.nCopies(each, c).stream())
              .mapToInt(c -> c)
              .toArray();
      List<String> named = classes.stream().map(names::get).toList();
      return new Asked(labels.length, each, labels, each + " images of each class of " + named);
    }

    Images of(GeneratorModel generator, long seed, float truncation) {
      return labels.length == 0
          ? generator.sample(seed, count, truncation)
          : generator.sample(seed, labels, truncation);
    }

    private static int square(int count) {
      return (int) Math.ceil(Math.sqrt(count));
    }
  }
}
