package org.sparring.assembly;

import java.util.List;
import org.sparring.batches.MirroredSamples;
import org.sparring.batches.ResidentSamples;
import org.sparring.batches.SampleOrder;
import org.sparring.batches.SampleReading;
import org.sparring.batches.StreamedSamples;
import org.sparring.data.Dataset;
import org.sparring.graph.Seeds;
import org.sparring.recipes.Recipe;
import org.sparring.replicas.Replica;
import org.sparring.tasks.Task;
import org.sparring.training.TrainingGraph.SamplesMaker;

/**
 * Makes data sets part of the training graph: resident on the device or streamed, mirrored or not.
 *
 * @param recipe of the run
 * @param replica the device that trains on them
 */
record SamplesInGraph(Recipe recipe, Replica replica) {
  /** Bytes of samples beyond which files are streamed where the recipe leaves it open. */
  static final long LARGEST_RESIDENT = 1L << 30;

  /**
   * @param name of the source; its variables in the graph are named by it
   * @param others names of the fields that are read besides the first
   */
  SamplesMaker of(String name, Dataset dataset, List<String> others) {
    SampleOrder order = new SampleOrder(seeds(name), dataset.size());
    SamplesMaker plain = plain(name, dataset, others, order);
    return recipe.data().mirror()
        ? (tf, step) ->
            MirroredSamples.of(plain.make(tf, step), dataset, order.seeds(), batch(), replica)
        : plain;
  }

  private SamplesMaker plain(String name, Dataset dataset, List<String> others, SampleOrder order) {
    if (streams(dataset)) {
      SampleReading streamed = new SampleReading(name, dataset, others, order, batch(), replica);
      return (tf, step) -> new StreamedSamples(tf, streamed, recipe.drawsPerStep(), step);
    }
    SampleReading resident =
        new SampleReading(name, new SourceAhead(dataset), others, order, batch(), replica);
    return (tf, step) -> new ResidentSamples(tf, resident);
  }

  private int batch() {
    return recipe.batch() / replica.count();
  }

  /** Each source of a task has its own seed, so that their orders are independent. */
  private Seeds seeds(String name) {
    Seeds run = new Seeds(recipe.seed());
    return name.equals(Task.DATA) ? run : new Seeds(run.keyed("source/" + name));
  }

  private boolean streams(Dataset dataset) {
    return switch (recipe.data().residence()) {
      case STREAM -> true;
      case DEVICE -> false;
      case AUTO ->
          dataset.files().isPresent()
              && dataset.size() * (long) dataset.sample().bytes() > LARGEST_RESIDENT;
    };
  }
}
