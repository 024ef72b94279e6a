package org.sparring.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sparring.console.EvaluationTable;
import org.sparring.console.ExitCode;
import org.sparring.console.ModelOptions;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.inference.ImageModel;
import org.sparring.picturefiles.NamedPictures;
import org.sparring.picturefiles.PictureComparison;
import org.sparring.picturefiles.PictureScores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures the pictures that a model makes against true ones. */
@Command(
    name = "compare",
    description = "Measure the pictures that a model makes of pictures against true ones.")
public final class CompareCommand implements Callable<Integer> {
  private static final String ROW = "%-32s %9s %8s %8s %9s%n";

  @Mixin private StandardOptions standard;

  @Mixin private ModelOptions models;

  @Parameters(paramLabel = "MODEL", description = "a run folder or a SavedModel folder")
  private Path model;

  @Option(
      names = "--truth",
      paramLabel = "DIR|ARCHIVE",
      required = true,
      description = "true pictures: a folder, an archive, or a folder in it as in FILE.tar#NAME")
  private Path truth;

  @Option(
      names = "--inputs",
      paramLabel = "DIR|ARCHIVE",
      description =
          "pictures of the same names to begin from (default: the truths made smaller, of a model"
              + " that enlarges)")
  private Path inputs;

  @Option(names = "--to", paramLabel = "a|b", description = "the kind to be made, to translate")
  private String to;

  @Option(names = "--y", description = "compare brightness (Y of YCbCr), not all channels")
  private boolean brightness;

  @Option(
      names = "--border",
      paramLabel = "N",
      description = "pixels that are left out at each side (default: ${DEFAULT-VALUE})")
  private int border;

  @Option(
      names = "--tile",
      paramLabel = "N",
      description =
          "side in pixels of the parts in which a picture is computed (default: ${DEFAULT-VALUE})")
  private int tile = ImageModel.TILE;

  @Option(names = "--json", description = "one line of JSON on standard output")
  private boolean json;

  public static void main(String[] arguments) {
    Shell.exit(new CompareCommand(), arguments);
  }

  @Override
  public Integer call() throws JsonProcessingException {
    standard.requireAtLeast("--tile", tile, ImageModel.LEAST_TILE);
    standard.requireAtLeast("--border", border, 0);
    NamedPictures truths = NamedPictures.of(truth);
    Optional<NamedPictures> given = Optional.ofNullable(inputs).map(NamedPictures::of);
    try (ImageModel loaded = models.loadPictures(model)) {
      var comparison =
          new PictureComparison(
              loaded, FunctionChoice.of(standard, loaded, to), tile, brightness, border);
      print(comparison, comparison.of(truths, given, this::progress), truths.size());
      return ExitCode.DONE;
    }
  }

  private void progress(String name, PictureScores.Score score) {
    if (!json) {
      row(name, score, "");
    }
  }

  private void print(PictureComparison comparison, PictureComparison.Result result, int count)
      throws JsonProcessingException {
    if (json) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("pictures", count);
      facts.put("channels", brightness ? "y" : "all");
      facts.put("border", border);
      facts.put(comparison.function().name(), facts(result.made()));
      facts.put(comparison.baseline(), facts(result.baseline()));
      standard.out().println(EvaluationTable.line(facts));
      return;
    }
    standard.out().println();
    standard.out().printf(ROW, "mean of " + count, "PSNR dB", "SSIM", "MAE", "SWD");
    row(comparison.function().name(), result.made());
    row(comparison.baseline(), result.baseline());
    standard.out().flush();
  }

  private static Map<String, Object> facts(PictureScores scores) {
    PictureScores.Score mean = scores.mean();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("psnr", mean.decibels());
    facts.put("ssim", mean.similarity());
    facts.put("mae", mean.difference());
    facts.put("swd", scores.distance().levels());
    return facts;
  }

  private void row(String name, PictureScores scores) {
    row(name, scores.mean(), number("%.2f", scores.distance().mean()));
  }

  private void row(String name, PictureScores.Score score, String distance) {
    standard
        .out()
        .printf(
            ROW,
            name,
            number("%.3f", score.decibels()),
            number("%.4f", score.similarity()),
            number("%.2f", score.difference()),
            distance);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
