package org.sparring.runs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.io.FileUtils;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.runfolders.RunPlan;

/** Trains tiny recipes in the folders of one root. */
final class TinyRuns {
  private final Path root;

  TinyRuns(Path root) {
    this.root = root;
  }

  Outcome train(String run, boolean resume, List<String> settings, String... more) {
    RunPlan plan = plan(run, resume, settings, more);
    return new Experiment(plan.recipe(), plan.folder()).train();
  }

  RunPlan plan(String run, boolean resume, List<String> settings, String... more) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(List.of(more));
    return RunPlan.of(null, root.resolve(run), resume, all);
  }

  /** The checkpoints of the run {@code run}. */
  CheckpointStore checkpoints() {
    return new CheckpointStore(root.resolve("run/checkpoints"), 3);
  }

  /** Deletes a checkpoint of the run {@code run}. */
  void deleteCheckpoint(long step) throws IOException {
    FileUtils.deleteDirectory(
        root.resolve(String.format(Locale.ROOT, "run/checkpoints/step-%08d", step)).toFile());
  }

  /** The steps whose losses are in metrics.jsonl, in the order of its lines. */
  List<Long> loggedSteps(String run) throws IOException {
    return lossLines(run).stream().map(line -> line.get("step").asLong()).toList();
  }

  /** The lines of metrics.jsonl that have losses. */
  List<JsonNode> lossLines(String run) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    for (String text : Files.readAllLines(root.resolve(run).resolve("metrics.jsonl"))) {
      JsonNode line = json.readTree(text);
      if (line.has("d_loss")) {
        lines.add(line);
      }
    }
    return lines;
  }
}
