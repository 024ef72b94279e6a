package org.sparring.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sparring.console.ExitCode;
import org.sparring.console.ModelOptions;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.data.Dataset;
import org.sparring.inference.GeneratorModel;
import org.sparring.scores.SupportEstimate;
import org.sparring.telemetry.ImageGrid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Estimates how many distinct samples a generator can produce. */
@Command(
    name = "support",
    description =
        "Estimate how many distinct samples a generator can produce, by the birthday paradox.")
public final class SupportCommand implements Callable<Integer> {
  @Mixin private StandardOptions standard;

  @Mixin private ModelOptions models;

  @Parameters(paramLabel = "MODEL", description = "a run folder or a SavedModel folder")
  private Path model;

  @Option(
      names = "--data",
      paramLabel = "SOURCE",
      description = "real samples, whose distances define a duplicate (default: the run's own)")
  private String data;

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "number of batches (default: ${DEFAULT-VALUE})")
  private int trials = 21;

  @Option(
      names = "--largest",
      paramLabel = "N",
      description = "samples per batch; measures supports up to N² (default: ${DEFAULT-VALUE})")
  private int largest = 400;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "seed of the first batch (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description = "picture of the closest pairs (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("pairs.png");

  @Option(names = "--json", description = "one line of JSON on standard output")
  private boolean json;

  public static void main(String[] arguments) {
    Shell.exit(new SupportCommand(), arguments);
  }

  @Override
  public Integer call() throws JsonProcessingException {
    standard.requireAtLeast("--trials", trials, 1);
    standard.requirePng("--out", out);
    standard.requireAtLeast("--largest", largest, 2);
    try (GeneratorModel generator = models.load(model)) {
      Dataset real = SupportEstimate.data(model, generator, Optional.ofNullable(data));
      SupportEstimate.Report report =
          new SupportEstimate(trials, largest, seed).of(generator, real);
      ImageGrid.write(report.pairs(), out);
      standard.err().println("wrote " + out + ": the closest pairs of " + largest + " samples");
      standard
          .out()
          .println(
              json
                  ? new ObjectMapper().writeValueAsString(facts(report, real))
                  : sentence(report, real));
      return ExitCode.DONE;
    }
  }

  private Map<String, Object> facts(SupportEstimate.Report report, Dataset real) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("support", report.estimate().support());
    facts.put("at_least", report.estimate().atLeast());
    facts.put("uniform_support", report.estimate().uniformSupport());
    facts.put("batch", report.estimate().batch());
    facts.put("trials", trials);
    facts.put("largest", largest);
    facts.put("seed", seed);
    facts.put("threshold", report.threshold());
    facts.put("closest", report.closest());
    facts.put("data", real.name());
    return facts;
  }

  private String sentence(SupportEstimate.Report report, Dataset real) {
    var found = report.estimate();
    String what =
        found.atLeast()
            ? "support at least %.0f: fewer than half of %d batches of %d contain a duplicate%n"
            : "support about %.0f: half of %d batches repeat a sample within %d%n";
    return String.format(
        Locale.ROOT,
        what
            + "samples closer than %.4g are duplicates (no two of %s are closer);"
            + " the closest pair: %.4g",
        found.support(),
        trials,
        found.batch(),
        report.threshold(),
        real.name(),
        report.closest());
  }
}
