package org.sparring.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sparring.console.ExitCode;
import org.sparring.console.Shell;
import org.sparring.console.StandardOptions;
import org.sparring.launching.LaunchRules;
import org.sparring.launching.LauncherPipe;
import org.sparring.launching.LocalWorkers;
import org.sparring.launching.WorkerPlace;
import org.sparring.listeners.AlarmPolicy;
import org.sparring.recipes.Recipe;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunPlan;
import org.sparring.runs.Experiment;
import org.sparring.runs.Interruption;
import org.sparring.runs.Outcome;
import org.sparring.telemetry.ProgressDisplay;
import org.sparring.training.TrainingListener.Ending;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains a GAN from a recipe into a run folder. */
@Command(name = "train", description = "Train a GAN from a recipe into a run folder.")
public final class TrainCommand implements Callable<Integer> {
  @Mixin private StandardOptions standard;
  @Mixin private WorkerOptions workers;

  @Parameters(
      arity = "0..1",
      paramLabel = "RECIPE",
      description = "a file, or the name of a folder in models/ (default: dcgan-glyphs)")
  private String name;

  @Option(
      names = "--data",
      paramLabel = "SOURCE",
      description =
          "glyphs, mnist:DIR, fashion-mnist:DIR, kmnist:DIR, emnist:DIR[#PART], cifar10:DIR,"
              + " cifar100:DIR, folder:DIR_OR_ARCHIVE, parquet:FILE_OR_DIR, tfrecord:FILE_OR_DIR,"
              + " npz:FILE, stacked-mnist:DIR[#COUNT], or points of the plane: ring, grid")
  private String data;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "the run folder (default: runs/RECIPE-TIME)")
  private Path run;

  @Option(names = "--steps", description = "total number of steps, including those before a resume")
  private Long steps;

  @Option(names = "--seed", description = "seed of all random numbers")
  private Long seed;

  @Option(
      names = "--resume",
      description = "resume the run in --run, or the newest run of the recipe")
  private boolean resume;

  @Option(
      names = "--from",
      paramLabel = "MODEL_OR_RUN",
      description =
          "start a new run from the weights of another run (both networks) or of a model (the"
              + " generator), whose networks have the same shapes")
  private Path from;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "override one key of the recipe; may be repeated")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--stop-on",
      paramLabel = "ALARM",
      split = ",",
      description =
          "end the run, after a checkpoint, with exit code 7 when one of these alarms is raised:"
              + " vanishing-gradient, mode-collapse, overfitting, oscillation, saturation"
              + " (non-finite always ends it, with 4)")
  private List<String> stopOn = new ArrayList<>();

  @Option(
      names = "--skip-bad",
      description =
          "skip and list images that cannot be decoded (folders, archives, Parquet," + " TFRecord)")
  private boolean skipBad;

  @Option(names = "--json", description = "print one line of JSON on standard output at the end")
  private boolean json;

  public static void main(String[] arguments) {
    Shell.exit(new TrainCommand(), arguments);
  }

  @Override
  public Integer call() throws JsonProcessingException {
    workers.check(standard);
    AlarmPolicy watch = AlarmPolicy.stopOn(stopOn);
    if (workers.launches()) {
      return launch();
    }
    Optional<WorkerPlace> place = workers.place(System.getenv());
    place.ifPresent(found -> standard.err().println(found.words()));
    boolean leads = place.isEmpty() || place.get().cluster().leads();
    RunPlan plan =
        leads
            ? RunPlan.of(name, run, resume, overrides())
            : RunPlan.ofFollower(name, run, resume, overrides());
    if (leads) {
      checkBeginning(plan.folder());
    }
    try (Interruption interruption = new Interruption()) {
      if (workers.isLaunched()) {
        LauncherPipe.listen(System.in, interruption::ask, interruption::abandon);
      }
      return train(plan, place, interruption, watch);
    }
  }

  private void checkBeginning(RunFolder folder) {
    boolean begun = folder.isBegun();
    standard.require(
        from == null || !begun,
        "--from: expected a new run, found " + folder.root() + ", which has weights");
    if (resume && !begun) {
      standard.err().println("nothing to resume: a new run begins");
    }
  }

  /** Starts all workers on this machine and waits for them. */
  private int launch() {
    standard.require(
        settings.stream().noneMatch(setting -> setting.startsWith("device.kind=gpu:")),
        "--set device.kind: expected auto or cpu, as each worker has a GPU of its own, found gpu:N");
    RunPlan plan = RunPlan.of(name, run, resume, overrides());
    checkBeginning(plan.folder());
    TrainArguments arguments =
        new TrainArguments(name, overrides(), from, resume, repeated()).resolved(plan.folder());
    LaunchRules rules = workers.rules();
    standard
        .err()
        .println(rules.workers() + " workers on this machine; logs in " + plan.folder().workers());
    LocalWorkers started =
        new LocalWorkers(
            new WorkerLaunch(plan, arguments, workers),
            rules,
            plan.folder().workers(),
            standard.err()::println);
    try (Interruption interruption = new Interruption()) {
      return started.run(interruption);
    }
  }

  /** Returns the options that each worker gets as they are. */
  private List<String> repeated() {
    List<String> more = new ArrayList<>();
    if (!stopOn.isEmpty()) {
      more.addAll(List.of("--stop-on", String.join(",", stopOn)));
    }
    if (json) {
      more.add("--json");
    }
    if (standard.verbose()) {
      more.add("--verbose");
    }
    return more;
  }

  private int train(
      RunPlan plan, Optional<WorkerPlace> place, Interruption interruption, AlarmPolicy watch)
      throws JsonProcessingException {
    boolean leads = place.isEmpty() || place.get().cluster().leads();
    Recipe recipe = place.isEmpty() ? plan.recipe() : WorkerLaunch.onOwnGpu(plan, place.get());
    Experiment experiment =
        new Experiment(
            recipe, plan.folder(), leads ? ProgressDisplay.open() : ProgressDisplay.silent());
    place.ifPresent(found -> experiment.on(found.cluster(), workers.patience()));
    if (from != null) {
      experiment.startFrom(from);
    }
    Outcome outcome = experiment.train(interruption, watch);
    if (leads) {
      standard
          .out()
          .println(
              json ? new ObjectMapper().writeValueAsString(outcome) : summary(outcome, recipe));
    }
    return exitCode(outcome.ending());
  }

  private static int exitCode(Ending ending) {
    return switch (ending) {
      case INTERRUPTED -> Interruption.EXIT_CODE;
      case ALARMED -> ExitCode.ALARMED;
      case COMPLETED, STOPPED_EARLY -> ExitCode.DONE;
      case DIVERGED, FAILED -> ExitCode.FAILED;
    };
  }

  /**
   * Returns the overrides. The short options stand for recipe keys; a later --set takes precedence
   * over them.
   */
  private List<String> overrides() {
    List<String> all = new ArrayList<>();
    if (data != null) {
      all.add("data.source=" + data);
    }
    if (steps != null) {
      all.add("steps=" + steps);
    }
    if (seed != null) {
      all.add("seed=" + seed);
    }
    if (skipBad) {
      all.add("data.skip_bad=true");
    }
    all.addAll(settings);
    return all;
  }

  private String summary(Outcome outcome, Recipe recipe) {
    RunFolder folder = new RunFolder(Path.of(outcome.run()));
    return String.format(
        Locale.ROOT,
        "%s at step %d (%.1f kimg), %.0f images/s, %.0f s%n"
            + "  samples      %s%n"
            + "  checkpoints  %s%n"
            + "  model        %s%n"
            + "  scalars      %s%n"
            + "%s",
        word(outcome.ending()),
        outcome.steps(),
        outcome.kimg(),
        outcome.timing().imagesPerSecond(),
        outcome.timing().seconds(),
        folder.samples(),
        folder.checkpoints(),
        folder.savedModel(),
        folder.metrics(),
        next(outcome, recipe));
  }

  private static String word(Ending ending) {
    return switch (ending) {
      case COMPLETED -> "done";
      case STOPPED_EARLY -> "stopped early";
      case ALARMED -> "stopped by an alarm";
      case INTERRUPTED -> "interrupted";
      case DIVERGED, FAILED -> "failed";
    };
  }

  private String next(Outcome outcome, Recipe recipe) {
    return outcome.ending().isSuccess()
        ? NextCommand.use(outcome, recipe.task())
        : "resume it:  ./sparring train --run " + outcome.run() + " --resume" + workers.again();
  }
}
