package org.sparring.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.sparring.console.ExitCode;
import org.sparring.console.Labels;
import org.sparring.console.LatentOptions;
import org.sparring.console.ModelOptions;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.inference.GeneratorModel;
import org.sparring.synthesis.Synthesis;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes generated images as a data set. */
@Command(
    name = "synthesize",
    description = "Write generated images as a data set, with labels if the model is conditional.")
public final class SynthesizeCommand implements Callable<Integer> {
  @Mixin private StandardOptions standard;

  @Mixin private ModelOptions models;

  @Mixin private LatentOptions latents;

  @Parameters(paramLabel = "MODEL", description = "a run folder or a SavedModel folder")
  private Path model;

  @Option(names = "--n", paramLabel = "N", required = true, description = "total number of images")
  private int count;

  @Option(
      names = "--to",
      paramLabel = "DIR|FILE.zip",
      required = true,
      description = "a folder or an archive; replaced if this command wrote it")
  private Path target;

  @Option(
      names = "--labels",
      paramLabel = "A..B",
      description =
          "classes such as 0..9 or 1,3,cat, with the same number of images each (default: all)")
  private String labels;

  public static void main(String[] arguments) {
    Shell.exit(new SynthesizeCommand(), arguments);
  }

  @Override
  public Integer call() {
    standard.requireAtLeast("--n", count, 1);
    latents.check(standard);
    try (GeneratorModel generator = models.load(model)) {
      List<Integer> classes =
          labels == null ? List.of() : Labels.of(standard, "--labels", generator).several(labels);
      new Synthesis(count, classes, latents.seed(), latents.truncation())
          .write(generator, model.toString(), target, this::print);
      String kind = generator.classes() == 0 ? "unlabelled" : "labelled";
      standard
          .out()
          .println(
              "wrote " + target + ": " + count + " " + kind + " images, labels.csv, manifest.json");
      return ExitCode.DONE;
    }
  }

  private void print(int written) {
    if (written % EVERY == 0 && written < count) {
      standard.err().println(written + " of " + count);
      standard.err().flush();
    }
  }

  /** Number of images between two progress lines. */
  private static final int EVERY = 5000;
}
