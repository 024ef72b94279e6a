package org.sparring.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.sparring.console.CommandGroup;
import org.sparring.console.ExitCode;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code sparring}, which lists all commands. */
@Command(
    name = "sparring",
    description = "Train generative adversarial networks and use the trained models.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "./sparring bench runs the benchmarks, which are built on first use.",
      "./sparring --gpu COMMAND runs the command with CUDA, on Linux; --gpu comes first."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:wrong usage",
      "3:data missing or broken",
      "4:training diverged",
      "5:checkpoint or model unreadable, or disk full",
      "6:a statement of the theory or a known answer did not hold",
      "7:stopped by an alarm",
      "130:interrupted",
      "138:another worker of the same training was lost"
    })
public final class Main implements Callable<Integer>, CommandGroup {
  @Mixin private StandardOptions standard;

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    Shell.exit(new Main(), arguments);
  }

  @Override
  public List<Class<?>> commands() {
    return List.of(
        TrainCommand.class,
        SampleCommand.class,
        InterpolateCommand.class,
        TranslateCommand.class,
        UpscaleCommand.class,
        CompareCommand.class,
        SynthesizeCommand.class,
        ExportCommand.class,
        InspectCommand.class,
        CheckCommand.class,
        PlotCommand.class,
        ZooCommand.class,
        ClassifierCommand.class,
        EvaluateCommand.class,
        DataCommand.class,
        ModesCommand.class,
        SupportCommand.class,
        TheoryCommand.class,
        DoctorCommand.class);
  }

  /** Prints the list of commands, if none was given. */
  @Override
  public Integer call() {
    spec.commandLine().usage(standard.err());
    return ExitCode.USAGE;
  }
}
