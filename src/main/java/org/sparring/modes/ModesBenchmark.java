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
 * Trains recipes on a published benchmark of mode collapse, with several seeds each, and scores the
 * samples of their averaged generators.
 *
 * @param task the benchmark
 * @param root parent folder of the runs, each of which is in {@code RECIPE-seed-N}
 * @param jobs number of concurrent runs, at least 1; for points one core per run is fastest
 */
public record ModesBenchmark(ModesTask task, Path root, int jobs) {
  /** Seed of the latent vectors for scoring, the same for every run. */
  public static final long SCORED_SEED = 20_000;

  /** Side of the images that the shipped digit classifier takes. */
  private static final int SIDE = ConvClassifier.SIDE;

  /** Seed of the samples of real data. */
  private static final long REAL_STREAM = 0x4EA1;

  public ModesBenchmark {
    ArgumentException.requireAtLeast("jobs", jobs, 1);
    ArgumentException.requireAtMost("jobs", jobs, SessionOptions.MOST_THREADS);
  }

  /**
   * Trains and scores one run per seed.
   *
   * @param name name of the recipe, used for the folders
   * @param recipe recipe for the data of the task; its seed is replaced
   * @param seeds seed of each run
   * @param listener receives each result when it is ready
   */
  public ModesReport run(
      String name, Recipe recipe, long[] seeds, Consumer<ModesReport.Result> listener) {
    requireFit(recipe);
    List<ModesReport.Result> results = parallel(name, recipe, seeds, listener);
    return new ModesReport(task, name, task.samples(), recipe.steps(), results);
  }

  /** Throws if a recipe does not fit the task. */
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

  /** Returns the score of the same number of real samples. */
  public ModesScore real(Recipe recipe) {
    if (task.isPlane()) {
      return ModesScore.of(task.mixture(), realPoints());
    }
    String source = recipe.data().source().replaceFirst("#\\d+$", "") + "#" + task.samples();
    return ModesScore.ofStacks(
        Stacks.of(ImageSources.open(source, SIDE, 0, REAL_STREAM, Split.TRAIN)));
  }

  /** Returns the same number of real points, (n, 2), row-major. */
  float[] realPoints() {
    return task.mixture().samples(task.samples(), REAL_STREAM);
  }

  /** Returns the points from which the score of a run was computed, (n, 2), row-major. */
  float[] points(ModesReport.Result result) {
    try (GeneratorModel model = GeneratorModel.load(Path.of(result.folder()))) {
      return model.points(SCORED_SEED, task.samples());
    }
  }

  private List<ModesReport.Result> parallel(
      String name, Recipe recipe, long[] seeds, Consumer<ModesReport.Result> listener) {
    ExecutorService workers = Executors.newFixedThreadPool(Math.min(jobs, seeds.length));
    try {
      List<Future<ModesReport.Result>> futures =
          Arrays.stream(seeds)
              .mapToObj(seed -> workers.submit(() -> reported(run(name, recipe, seed), listener)))
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

  private static ModesReport.Result reported(
      ModesReport.Result result, Consumer<ModesReport.Result> listener) {
    synchronized (listener) {
      listener.accept(result);
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
