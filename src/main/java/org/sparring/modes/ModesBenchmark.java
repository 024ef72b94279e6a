package org.sparring.modes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;
import org.sparring.errors.ArgumentException;
import org.sparring.errors.RecipeException;
import org.sparring.inference.GeneratorModel;
import org.sparring.natives.SessionOptions;
import org.sparring.nets.ConvClassifier;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.runfolders.RunFolder;
import org.sparring.runs.Experiment;
import org.sparring.runs.Outcome;
import org.sparring.scores.Stacks;
import org.sparring.telemetry.ProgressDisplay;

/**
 * Trains recipes at a published task of mode collapse, several seeds each, and scores what their
 * averaged generators make.
 *
 * @param task what is learned
 * @param root of the runs, each in {@code RECIPE-seed-N} below it
 * @param jobs runs at once, at least 1; points are so small that one core each is the fastest
 */
public record ModesBenchmark(ModesTask task, Path root, int jobs) {
  /** The latents that are scored are the same for every run. */
  public static final long SCORED_SEED = 20_000;

  /** Of the digits that the shipped classifier knows. */
  private static final int SIDE = ConvClassifier.SIDE;

  /** Seed of the row of real data. */
  private static final long REAL_STREAM = 0x4EA1;

  public ModesBenchmark {
    ArgumentException.requireAtLeast("jobs", jobs, 1);
    ArgumentException.requireAtMost("jobs", jobs, SessionOptions.MOST_THREADS);
  }

  /**
   * Trains and scores one run per seed.
   *
   * @param name of the recipe; names its folders
   * @param recipe for the task's data; its seed is replaced
   * @param seeds one for each run
   * @param told receives each result when it is ready
   */
  public ModesReport run(
      String name, Recipe recipe, long[] seeds, Consumer<ModesReport.Result> told) {
    requireFit(recipe);
    List<ModesReport.Result> results = parallel(name, recipe, seeds, told);
    return new ModesReport(task, name, task.samples(), recipe.steps(), results);
  }

  /** Refuses a recipe that learns something else. */
  public void requireFit(Recipe recipe) {
    RecipeException.require(
        task.fits(recipe.data().source()),
        "modes "
            + task.label()
            + ": expected a recipe with data.source "
            + (task.isPlane() ? task.label() : task.label() + ":DIR")
            + ", found "
            + recipe.data().source());
    int side = recipe.data().side();
    RecipeException.require(
        task.isPlane() || side == 0 || side == SIDE,
        "modes "
            + task.label()
            + ": expected data.side "
            + SIDE
            + ", which the classifier knows, found "
            + side);
  }

  /** The score of as many real samples. */
  public ModesScore real(Recipe recipe) {
    if (task.isPlane()) {
      return ModesScore.of(task.mixture(), realPoints());
    }
    String source = recipe.data().source().replaceFirst("#\\d+$", "") + "#" + task.samples();
    return ModesScore.ofStacks(
        Stacks.of(ImageSources.open(source, SIDE, 0, REAL_STREAM, Split.TRAIN)));
  }

  /** As many real points, (n, 2), row-major. */
  float[] realPoints() {
    return task.mixture().samples(task.samples(), REAL_STREAM);
  }

  /** The points that the score of a run was made of, (n, 2), row-major. */
  float[] points(ModesReport.Result result) {
    try (GeneratorModel model = GeneratorModel.load(Path.of(result.folder()))) {
      return model.points(SCORED_SEED, task.samples());
    }
  }

  private List<ModesReport.Result> parallel(
      String name, Recipe recipe, long[] seeds, Consumer<ModesReport.Result> told) {
    ExecutorService workers = Executors.newFixedThreadPool(Math.min(jobs, seeds.length));
    try {
      List<Future<ModesReport.Result>> futures =
          Arrays.stream(seeds)
              .mapToObj(seed -> workers.submit(() -> told(run(name, recipe, seed), told)))
              .toList();
      List<ModesReport.Result> results = new ArrayList<>();
      for (Future<ModesReport.Result> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RecipeException("modes: interrupted", e);
    } finally {
      workers.shutdownNow();
    }
  }

  private static ModesReport.Result told(
      ModesReport.Result result, Consumer<ModesReport.Result> told) {
    synchronized (told) {
      told.accept(result);
    }
    return result;
  }

  private ModesReport.Result run(String name, Recipe recipe, long seed) {
    Recipe seeded = new RecipeReader(recipe).set("seed", String.valueOf(seed)).recipe();
    RunFolder folder = new RunFolder(root.resolve(name + "-seed-" + seed));
    ProgressDisplay display = jobs > 1 ? ProgressDisplay.silent() : ProgressDisplay.open();
    Outcome outcome = new Experiment(seeded, folder, display).train();
    return new ModesReport.Result(
        folder.root().toString(),
        seed,
        score(folder),
        outcome.alarms(),
        outcome.timing().seconds());
  }

  private ModesScore score(RunFolder folder) {
    try (GeneratorModel model = GeneratorModel.load(folder.root())) {
      return task.isPlane()
          ? ModesScore.of(task.mixture(), model.points(SCORED_SEED, task.samples()))
          : ModesScore.ofStacks(Stacks.of(model, SCORED_SEED, task.samples()));
    }
  }
}
