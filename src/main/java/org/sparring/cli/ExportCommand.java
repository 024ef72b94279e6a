package org.sparring.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.sparring.console.ExitCode;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.inference.GeneratorExport.Form;
import org.sparring.inference.Precision;
import org.sparring.runfolders.FrozenExport;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunPlan;
import org.sparring.runs.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a run's generator as a SavedModel or as a frozen graph. */
@Command(
    name = "export",
    description =
        "Write the generator of a run's newest or best checkpoint as a SavedModel or as a frozen"
            + " graph.")
public final class ExportCommand implements Callable<Integer> {
  private static final String AVERAGE = "average";
  private static final String LAST = "last";

  @Mixin private StandardOptions standard;

  @Parameters(paramLabel = "RUN", description = "a run folder")
  private Path run;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "the SavedModel folder; replaced if it exists (default: RUN/saved_model)")
  private Path out;

  @Option(
      names = "--frozen",
      paramLabel = "FILE.pb",
      description =
          "write one GraphDef with constants in place of variables; a SavedModel is then written"
              + " only with --out")
  private Path frozen;

  @Option(
      names = "--precision",
      paramLabel = "P",
      description =
          "precision of the stored weights: float32, or float16, which is half as large (default:"
              + " float32)")
  private String precision = Precision.FLOAT32.label();

  @Option(
      names = "--weights",
      paramLabel = "W",
      description = "average, or last for the weights of the last step (default: average)")
  private String weights = AVERAGE;

  @Option(
      names = "--best",
      description = "export the checkpoint with the best score, if the run was scored")
  private boolean best;

  public static void main(String[] arguments) {
    Shell.exit(new ExportCommand(), arguments);
  }

  @Override
  public Integer call() {
    RunFolder folder = new RunFolder(run);
    Form form = new Form(averaged(), precision());
    if (frozen != null) {
      new FrozenExport(folder, standard.err()::println).write(frozen, form, best);
      standard.out().println("wrote " + frozen);
    }
    if (frozen == null || out != null) {
      Path target = out == null ? folder.savedModel() : out;
      save(folder, target, form);
      standard.out().println("wrote " + target);
    }
    return ExitCode.DONE;
  }

  private void save(RunFolder folder, Path target, Form form) {
    Experiment experiment = new Experiment(RunPlan.begun(folder), folder);
    if (best) {
      experiment.exportBest(target, form);
    } else {
      experiment.export(target, form);
    }
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
