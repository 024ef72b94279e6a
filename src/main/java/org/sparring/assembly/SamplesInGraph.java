package org.sparring.assembly;

import java.util.ArrayList;
import java.util.List;
import org.sparring.batches.RealSamples;
import org.sparring.batches.ResidentSamples;
import org.sparring.batches.SampleOrder;
import org.sparring.batches.SampleReading;
import org.sparring.batches.StreamedSamples;
import org.sparring.batches.Variation;
import org.sparring.batches.VariedSamples;
import org.sparring.data.Dataset;
import org.sparring.data.Field;
import org.sparring.graph.Seeds;
import org.sparring.recipes.DataKeys;
import org.sparring.recipes.Recipe;
import org.sparring.replicas.Replica;
import org.sparring.tasks.Task;
import org.sparring.training.TrainingGraph.SamplesMaker;

/**
 * Makes data sets part of the training graph: resident on the device or streamed, varied at random
 * or not.
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
    List<String> images = VariedSamples.images(dataset);
    return (tf, step) -> {
      RealSamples samples = plain.make(tf, step);
      for (Variation variation : variations()) {
        samples = new VariedSamples(samples, images, variation, order.seeds(), batch(), replica);
      }
      return samples;
    };
  }

  /** How the recipe varies real images; a crop is first, so that less is computed. */
  private List<Variation> variations() {
    DataKeys data = recipe.data();
    List<Variation> variations = new ArrayList<>();
    if (data.crop() > 0) {
      variations.add(new Variation.Crop(data.crop()));
    }
    if (data.turn()) {
      variations.add(new Variation.Turn());
    }
    if (data.mirror()) {
      variations.add(new Variation.Mirror());
    }
    return variations;
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
          dataset.files().isPresent() && dataset.size() * bytes(dataset) > LARGEST_RESIDENT;
    };
  }

  /** Bytes of all images and other real values of a sample. */
  private static long bytes(Dataset dataset) {
    return dataset.fields().stream()
        .filter(field -> field.encoding().isReal())
        .mapToLong(Field::bytes)
        .sum();
  }
}
