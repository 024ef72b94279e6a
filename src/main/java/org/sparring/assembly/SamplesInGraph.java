package org.sparring.assembly;

import org.sparring.batches.MirroredSamples;
import org.sparring.batches.PointSamples;
import org.sparring.batches.ResidentSamples;
import org.sparring.batches.SampleOrder;
import org.sparring.batches.StreamedSamples;
import org.sparring.batches.StreamedSamples.Batches;
import org.sparring.data.ImageSource;
import org.sparring.data.PointSet;
import org.sparring.data.SampleSource;
import org.sparring.graph.Seeds;
import org.sparring.recipes.Recipe;
import org.sparring.tasks.Task;
import org.sparring.training.TrainingGraph.SamplesMaker;

/**
 * Makes data sets part of the training graph: resident on the device or streamed, mirrored or not.
 *
 * @param recipe of the run
 */
record SamplesInGraph(Recipe recipe) {
  /** Bytes of pixels beyond which image files are streamed where the recipe leaves it open. */
  static final long LARGEST_RESIDENT = 1L << 30;

  /**
   * @param name of the source; its variables in the graph are named by it
   */
  SamplesMaker of(String name, SampleSource source) {
    SampleOrder order = new SampleOrder(seeds(name), source.size());
    if (source instanceof PointSet points) {
      return (tf, step) -> new PointSamples(tf, name, points, order, recipe.batch());
    }
    SamplesMaker plain = images(name, (ImageSource) source, order);
    return recipe.data().mirror()
        ? (tf, step) -> new MirroredSamples(plain.make(tf, step), order.seeds(), recipe.batch())
        : plain;
  }

  /** Each source of a task has its own seed, so that their orders are independent. */
  private Seeds seeds(String name) {
    Seeds run = new Seeds(recipe.seed());
    return name.equals(Task.DATA) ? run : new Seeds(run.keyed("source/" + name));
  }

  private SamplesMaker images(String name, ImageSource source, SampleOrder order) {
    if (streams(source)) {
      Batches batches = new Batches(recipe.batch(), recipe.drawsPerStep());
      return (tf, step) -> new StreamedSamples(tf, name, source, order, batches, step);
    }
    ImageSource ahead = new SourceAhead(source);
    return (tf, step) -> new ResidentSamples(tf, name, ahead, order, recipe.batch());
  }

  private boolean streams(ImageSource source) {
    return switch (recipe.data().residence()) {
      case STREAM -> true;
      case DEVICE -> false;
      case AUTO ->
          source.files().isPresent()
              && source.size() * (long) source.geometry().bytes() > LARGEST_RESIDENT;
    };
  }
}
