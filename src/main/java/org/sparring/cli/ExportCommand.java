package org.sparring.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.sparring.console.ExitCode;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.inference.GeneratorExport.Form;
import org.sparring.inference.Precision;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunPlan;
import org.sparring.runs.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a run's generator as a SavedModel. */
@Command(
    name = "export",
    description = "Write the generator of a run's newest or best checkpoint as a SavedModel.")
public final class ExportCommand implements Callable<Integer> {
  private static final String AVERAGE = "average";
  private static final String LAST = "last";

  @Mixin private StandardOptions standard;

  @Parameters(paramLabel = "RUN", description = "a run folder")
  private Path run;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "the SavedModel folder, replaced where it exists (default: RUN/saved_model)")
  private Path out;

  @Option(
      names = "--precision",
      paramLabel = "P",
      description = "of the weights in it: float32, or float16, half as large (default: float32)")
  private String precision = Precision.FLOAT32.label();

  @Option(
      names = "--weights",
      paramLabel = "W",
      description = "average, or last: those of the last step (default: average)")
  private String weights = AVERAGE;

  @Option(
      names = "--best",
      description = "of the checkpoint with the best score, where the run was scored")
  private boolean best;

  public static void main(String[] arguments) {
    Shell.exit(new ExportCommand(), arguments);
  }

  @Override
  public Integer call() {
    RunFolder folder = new RunFolder(run);
    Path target = out == null ? folder.savedModel() : out;
    Experiment experiment = new Experiment(RunPlan.begun(folder), folder);
    Form form = new Form(averaged(), precision());
    if (best) {
      experiment.exportBest(target, form);
    } else {
      experiment.export(target, form);
    }
    standard.out().println("wrote " + target);
    return ExitCode.DONE;
  }

  private boolean averaged() {
    standard.require(
        weights.equals(AVERAGE) || weights.equals(LAST),
        "--weights: expected average or last, found " + weights);
    return weights.equals(AVERAGE);
  }

  private Precision precision() {
    return Stream.of(Precision.values())
        .filter(p -> p.label().equals(precision))
        .findFirst()
        .orElseThrow(
            () -> standard.refusal("--precision: expected float32 or float16, found " + precision));
  }
}
