package org.sparring.runs;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.TaskData;
import org.sparring.distributed.Team;
import org.sparring.recipes.Recipe;
import org.sparring.training.TrainingGraph;
import org.sparring.training.TrainingListener.Ending;
import org.sparring.training.TrainingLoop;

/**
 * A worker that does not lead: it computes its part of every step, and writes no files. The leading
 * worker sends it the weights with which it begins.
 */
final class FollowingRun {
  private final Recipe recipe;
  private final Assembly assembly;
  private final Team team;
  private final TaskData data;
  private final RunSummary summary = new RunSummary();

  /**
   * @param recipe as the leading worker settled it
   * @param assembly of this recipe
   */
  FollowingRun(Recipe recipe, Assembly assembly, Team team, TaskData data) {
    this.recipe = recipe;
    this.assembly = assembly.on(team.exchange());
    this.team = team;
    this.data = data;
  }

  /**
   * Trains with the others.
   *
   * @param folder that the outcome names
   * @param start of the run, {@link System#nanoTime()}
   */
  Outcome train(BooleanSupplier stop, String folder, long start) {
    TrainingGraph training = assembly.graph(data);
    try (OpenRun run = OpenRun.of(training, assembly, Optional.of(team))) {
      Ending ending = explaining(run, stop);
      return outcome(run, ending, folder, (System.nanoTime() - start) / 1e9);
    }
  }

  /** Explains a failure while the graph is still open. */
  private Ending explaining(OpenRun run, BooleanSupplier stop) {
    try {
      return train(run, stop);
    } catch (RuntimeException e) {
      throw assembly.hardware().explained(e, run.training().graph());
    }
  }

  private Ending train(OpenRun run, BooleanSupplier stop) {
    run.requireMemory(assembly, recipe.batch());
    run.session().run(run.training().initialization());
    RollCall rollCall = new RollCall(team);
    team.share(run.training(), run.session());
    rollCall.weights(run.training(), run.session());
    run.training().samples().load(run.session());
    Ending ending = loop(run).run(recipe.steps(), () -> asked(stop));
    rollCall.weights(run.training(), run.session());
    return ending;
  }

  private TrainingLoop loop(OpenRun run) {
    return new TrainingLoop(
            run.training(),
            run.session(),
            recipe.batch() * recipe.drawsPerStep(),
            assembly.hardware().paceOfSeveral(),
            List.of(summary))
        .with(team);
  }

  private static Optional<Ending> asked(BooleanSupplier stop) {
    return stop.getAsBoolean() ? Optional.of(Ending.INTERRUPTED) : Optional.empty();
  }

  private Outcome outcome(OpenRun run, Ending ending, String folder, double seconds) {
    long steps = summary.lastStep();
    double images = (double) recipe.batch() * recipe.drawsPerStep();
    return new Outcome(
        folder,
        ending,
        steps,
        steps * images / 1000,
        summary.timing(seconds),
        summary.discriminatorLoss(),
        summary.generatorLoss(),
        List.of(),
        run.training().fingerprint().of(run.session()).sha256());
  }
}
