package org.sparring.benchmarks.scaling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.sparring.distributed.Cluster;
import org.sparring.distributed.Patience;
import org.sparring.recipes.RecipeReader;
import org.sparring.recipes.Recipes;
import org.sparring.runfolders.RunFolder;
import org.sparring.runs.Experiment;
import org.sparring.telemetry.ProgressDisplay;

/**
 * One worker of a training that is measured.
 *
 * <pre>
 * ScalingWorker RUN ADDRESS,… TASK KEY=VALUE…
 * </pre>
 */
public final class ScalingWorker {
  private ScalingWorker() {}

  /** Trains and prints the outcome as JSON. */
  public static void main(String[] args) throws JsonProcessingException {
    RecipeReader reader = Recipes.load("dcgan-glyphs");
    Arrays.stream(args).skip(3).forEach(reader::set);
    RunFolder folder = new RunFolder(Path.of(args[0]));
    Experiment experiment = new Experiment(reader.recipe(), folder, ProgressDisplay.silent());
    List<String> addresses = List.of(args[1].split(","));
    if (addresses.size() > 1) {
      experiment.on(new Cluster(addresses, Integer.parseInt(args[2])), Patience.DEFAULT);
    }
    System.out.println(new ObjectMapper().writeValueAsString(experiment.train()));
    Runtime.getRuntime().halt(0); // the servers of TensorFlow cannot be stopped
  }
}
