package org.sparring.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.sparring.data.ImageAdapter;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.evaluation.FeatureCache;
import org.sparring.evaluation.FeatureNetwork;
import org.sparring.evaluation.FeatureNetworks;
import org.sparring.experiment.Evaluation;
import org.sparring.experiment.EvaluationProtocol;
import org.sparring.experiment.EvaluationReport;
import org.sparring.experiment.EvaluationReport.Score;
import org.sparring.experiment.Metric;
import org.sparring.experiment.Support;
import org.sparring.inference.GeneratorModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Scores a generator against real images. */
@Command(
    name = "evaluate",
    description = "Score a generator against real images by what a network sees in both.")
public final class EvaluateCommand implements Callable<Integer> {
  private static final String ROW = "%-30s %21s   %s%n";

  private final Spelling spelling = Spelling.of(Charset.defaultCharset());

  @Mixin private StandardOptions standard;

  @Parameters(paramLabel = "MODEL", description = "a run folder or a SavedModel folder")
  private Path model;

  @Option(
      names = "--data",
      paramLabel = "SOURCE",
      description = "real images, as recipes name them (default: the run's own)")
  private String data;

  @Option(
      names = "--features",
      paramLabel = "NETWORK",
      description =
          "digits, fashion, inception:FILE, or graph:FILE_OR_DIR#input=NAME,output=NAME"
              + "[,probabilities=NAME][,range=-1:1|0:1|0:255][,side=N][,channels=N]"
              + " (default: digits)")
  private String features = "digits";

  @Option(
      names = "--metrics",
      paramLabel = "METRIC",
      split = ",",
      description = "fid, kid, is, pr, dc, confidence (default: all that the network can give)")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "fakes, and at most so many real images (default: ${DEFAULT-VALUE})")
  private int samples = EvaluationProtocol.DEFAULT_SAMPLES;

  @Option(
      names = "--split",
      paramLabel = "SPLIT",
      description = "train or test, of the real images (default: ${DEFAULT-VALUE})")
  private Split split = Split.TEST;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "of the fakes and of the choice of real images (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--resize",
      paramLabel = "METHOD",
      description =
          "auto, crop or resample, to the network's size; auto crops a border of at most 4 pixels"
              + " and resamples else (default: ${DEFAULT-VALUE})")
  private ImageAdapter.Method resize = ImageAdapter.Method.AUTO;

  @Option(
      names = "--convert-channels",
      description = "repeat grey images for a network of colours, turn coloured ones grey")
  private boolean convertChannels;

  @Option(
      names = "--force-small",
      description = "a Fréchet distance of fewer samples than features all the same")
  private boolean forceSmall;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "where features of real images are kept (default: ~/.cache/sparring)")
  private Path cache;

  @Option(names = "--json", description = "one line of JSON on standard output")
  private boolean json;

  public static void main(String[] arguments) {
    Shell.exit(new EvaluateCommand(), arguments);
  }

  @Override
  public Integer call() throws JsonProcessingException {
    EvaluationProtocol protocol = protocol();
    try (GeneratorModel generator = GeneratorModel.load(model);
        FeatureNetwork network = FeatureNetworks.open(features)) {
      ImageSource real = Support.images(model, generator, Optional.ofNullable(data), split);
      Evaluation evaluation =
          new Evaluation(protocol, real, network, cache(), new SeenDisplay(standard.err()));
      EvaluationReport report = evaluation.of(generator);
      if (json) {
        standard.out().println(line(report));
      } else {
        print(report);
      }
      return ExitCode.DONE;
    }
  }

  private EvaluationProtocol protocol() {
    Set<Metric> wanted = new LinkedHashSet<>();
    metrics.forEach(name -> wanted.add(Metric.of(name)));
    return new EvaluationProtocol(
        wanted, samples, split, seed, forceSmall, resize, convertChannels);
  }

  private FeatureCache cache() {
    return cache == null ? FeatureCache.standard() : new FeatureCache(cache);
  }

  private static String line(EvaluationReport report) throws JsonProcessingException {
    return new ObjectMapper()
        .enable(JsonWriteFeature.ESCAPE_NON_ASCII.mappedFeature())
        .writeValueAsString(report.line());
  }

  private void print(EvaluationReport report) {
    row("", "generated", "real against real");
    for (Score score : report.scores()) {
      row(score.title(), withError(score), number(score.real()));
    }
    standard.out().println();
    for (Map.Entry<String, Object> fact : report.protocol().entrySet()) {
      say(String.format(Locale.ROOT, "%-15s %s", fact.getKey(), fact.getValue()));
    }
    for (Score score : report.scores()) {
      say(String.format(Locale.ROOT, "%-15s ± is the %s", score.name(), score.errorKind()));
    }
    report.notes().forEach(note -> say("note: " + note));
    say(
        "note: real against real is of two halves; is, confident and entropy are of all real images");
    standard.out().flush();
  }

  private void row(String title, String value, String real) {
    standard.out().print(spelling.of(String.format(Locale.ROOT, ROW, title, value, real)));
  }

  private void say(String line) {
    standard.out().println(spelling.of(line));
  }

  private static String withError(Score score) {
    String error = Double.isFinite(score.error()) ? " ± " + number(score.error()) : "";
    return number(score.value()) + error;
  }

  /** Four decimals; three digits where those would say little. */
  private static String number(double value) {
    double size = Math.abs(value);
    String pattern = size >= 100 ? "%.2f" : size == 0 || size >= 0.01 ? "%.4f" : "%.2e";
    return String.format(Locale.ROOT, pattern, value);
  }
}
