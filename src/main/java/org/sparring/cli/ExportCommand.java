package org.sparring.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.sparring.experiment.Experiment;
import org.sparring.experiment.RunFolder;
import org.sparring.experiment.RunPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a run's averaged generator as a SavedModel. */
@Command(
    name = "export",
    description = "Write the averaged generator of a run's newest checkpoint as a SavedModel.")
public final class ExportCommand implements Callable<Integer> {
  @Mixin private StandardOptions standard;

  @Parameters(paramLabel = "RUN", description = "a run folder")
  private Path run;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "the SavedModel folder, replaced where it exists (default: RUN/saved_model)")
  private Path out;

  public static void main(String[] arguments) {
    Shell.exit(new ExportCommand(), arguments);
  }

  @Override
  public Integer call() {
    RunFolder folder = new RunFolder(run);
    Path target = out == null ? folder.savedModel() : out;
    new Experiment(RunPlan.begun(folder), folder).export(target);
    standard.out().println("wrote " + target);
    return 0;
  }
}
