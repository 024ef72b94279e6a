package org.sparring.scores;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sparring.assembly.Assembly;
import org.sparring.data.Dataset;
import org.sparring.data.FieldValues;
import org.sparring.data.ImageSource;
import org.sparring.data.PointSource;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;
import org.sparring.errors.ArgumentException;
import org.sparring.inference.GeneratorModel;
import org.sparring.metrics.BirthdayParadox;
import org.sparring.metrics.PairwiseDistance;
import org.sparring.metrics.PairwiseDistance.Pair;
import org.sparring.recipes.DataKeys;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.runfolders.RunFolder;
import org.sparring.runfolders.RunPlan;
import org.sparring.telemetry.ImageGrid;
import org.sparring.telemetry.ScatterPlot;
import org.tensorflow.ndarray.Shape;

/**
 * Estimates how many distinct samples a trained generator can produce, by the birthday paradox
 * (Arora and Zhang 2017, arXiv 1706.08224, section 2): if half of the batches of s samples contain
 * a duplicate, the support is about s².
 *
 * <p>In the paper a person looks at the closest pairs of a batch and decides what a duplicate is.
 * Here two samples are duplicates if their Euclidean distance is smaller than that of any two of
 * the same number of real samples; the closest pairs are also drawn for visual inspection. On
 * images this distance distinguishes a copy from a variation, but not one motif from another.
 *
 * @param trials number of batches, at least 1
 * @param largest number of samples in each batch, at least 2, and of the real samples that
 *     determine the threshold
 * @param seed seed of the first batch; each further batch has the next seed
 */
public record SupportEstimate(int trials, int largest, long seed) {
  private static final String DATA = "data";

  /** Number of pairs in the picture. */
  private static final int PAIRS = 16;

  private static final int COLUMNS = 8;

  public SupportEstimate {
    ArgumentException.requireAtLeast("trials", trials, 1);
    ArgumentException.requireAtLeast("largest", largest, 2);
    // every pair of samples is compared
    ArgumentException.requireAtMost("largest", largest, 100_000);
  }

  /**
   * The estimate.
   *
   * @param estimate s, or a lower bound of s
   * @param threshold distance below which two samples are duplicates
   * @param closest distance of the closest pair of the first batch
   * @param pairs picture of the closest pairs of the first batch, closest first, side by side; for
   *     points a scatter plot
   */
  public record Report(
      BirthdayParadox.Estimate estimate, double threshold, double closest, BufferedImage pairs) {}

  /**
   * Returns the data that a model was trained on.
   *
   * @param path path of a run folder or a SavedModel
   * @param data data source as in recipes; empty for the data of the run
   * @throws ArgumentException if neither names data
   */
  public static Dataset data(Path path, GeneratorModel model, Optional<String> data) {
    return new Assembly(imitated(path, model, data)).data().first();
  }

  /** Returns the part of the data to compare with, for a model that generates images. */
  public static ImageSource images(
      Path path, GeneratorModel model, Optional<String> data, Split split) {
    Recipe recipe = imitated(path, model, data);
    DataKeys imitated = recipe.data();
    // with the size of the model's images, even if the recipe has another one
    return ImageSources.open(
        imitated.source(),
        model.height(),
        model.channels(),
        recipe.seed(),
        split,
        Assembly.options(imitated));
  }

  private static Recipe imitated(Path path, GeneratorModel model, Optional<String> data) {
    RunFolder run = new RunFolder(path);
    ArgumentException.require(
        run.isBegun() || data.isPresent(),
        DATA,
        "expected the data of a run, found none: "
            + path
            + " is not a run folder\nName the data, for example glyphs.");
    RecipeReader reader = run.isBegun() ? new RecipeReader(RunPlan.begun(run)) : shaped(model);
    // only the run's own data may have a held-out share
    data.ifPresent(
        source ->
            reader.set("data.source", source).set("data.held_out", "0").set("data.group_by", ""));
    return reader.recipe();
  }

  private static RecipeReader shaped(GeneratorModel model) {
    RecipeReader reader = new RecipeReader();
    return model.makesImages()
        ? reader.set("data.side=" + model.height()).set("data.channels=" + model.channels())
        : reader;
  }

  /**
   * Estimates the support of a generator.
   *
   * @param data samples with the shape of the model's samples, at least two
   * @throws ArgumentException if the shape differs
   */
  public Report of(GeneratorModel model, Dataset data) {
    requireSameShape(model, data);
    BirthdayParadox paradox = BirthdayParadox.calibrated(rows(real(data), each(model)));
    BirthdayParadox.Estimate estimate =
        paradox.estimate(
            (size, trial) -> rows(generated(model, seed + trial, size), each(model)),
            trials,
            largest);
    float[] first = generated(model, seed, largest);
    List<Pair> pairs = PairwiseDistance.closest(rows(first, each(model)), PAIRS);
    return new Report(
        estimate, paradox.threshold(), pairs.get(0).distance(), drawn(model, data, first, pairs));
  }

  private float[] real(Dataset data) {
    int count = Math.min(largest, data.size());
    ArgumentException.require(
        count >= 2, DATA, "expected 2 samples or more in " + data.name() + ", found " + count);
    return data.mixture()
        .map(mixture -> mixture.samples(count, seed))
        .orElseGet(() -> FieldValues.ofSamples(data).spread(count));
  }

  private static float[] generated(GeneratorModel model, long seed, int count) {
    return model.makesImages() ? model.sample(seed, count).values() : model.points(seed, count);
  }

  private static int each(GeneratorModel model) {
    return Math.toIntExact(shape(model).size());
  }

  private static Shape shape(GeneratorModel model) {
    return model.makesImages()
        ? Shape.of(model.height(), model.width(), model.channels())
        : Shape.of(model.dimensions());
  }

  private static void requireSameShape(GeneratorModel model, Dataset data) {
    Shape found = Assembly.shape(data);
    ArgumentException.require(
        found.equals(shape(model)),
        DATA,
        "expected samples of the model's shape "
            + shape(model)
            + ", found "
            + found
            + " of "
            + data.name());
  }

  private static double[][] rows(float[] values, int each) {
    double[][] rows = new double[values.length / each][each];
    for (int i = 0; i < values.length; i++) {
      rows[i / each][i % each] = values[i];
    }
    return rows;
  }

  private static BufferedImage drawn(
      GeneratorModel model, Dataset data, float[] batch, List<Pair> pairs) {
    List<Integer> members = new ArrayList<>();
    for (Pair pair : pairs) {
      members.add(pair.first());
      members.add(pair.second());
    }
    int each = each(model);
    float[] chosen = new float[members.size() * each];
    for (int i = 0; i < members.size(); i++) {
      System.arraycopy(batch, members.get(i) * each, chosen, i * each, each);
    }
    if (data.mixture().isPresent()) {
      PointSource mixture = data.mixture().get();
      String title = "closest pairs of " + batch.length / each;
      return new ScatterPlot(
              "", List.of(new ScatterPlot.Panel(title, mixture.modes(), mixture.sigma(), chosen)))
          .draw();
    }
    return ImageGrid.of(
        chosen, members.size(), model.height(), model.width(), model.channels(), COLUMNS);
  }
}
