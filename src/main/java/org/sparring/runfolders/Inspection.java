package org.sparring.runfolders;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.checkpoints.CheckpointStore;
import org.sparring.checkpoints.Manifest;
import org.sparring.errors.CheckpointException;
import org.sparring.exports.ModelDescription;
import org.sparring.exports.ModelFolder;
import org.sparring.inference.GeneratorModel;
import org.sparring.inference.OpPolicy;
import org.sparring.natives.SessionOptions;
import org.sparring.recipes.Recipe;

/** Describes a run, a checkpoint or a model as named facts. */
public final class Inspection {
  private Inspection() {}

  /**
   * Returns the facts about a run, checkpoint or SavedModel folder; a model may contain known ops
   * only.
   */
  public static Map<String, Object> of(Path path) {
    return of(path, OpPolicy.KNOWN);
  }

  /**
   * Returns the facts about a run, checkpoint or SavedModel folder.
   *
   * @param path a run, checkpoint or SavedModel folder
   * @param policy determines which ops a model may contain
   */
  public static Map<String, Object> of(Path path, OpPolicy policy) {
    RunFolder run = new RunFolder(path);
    if (run.isBegun()) {
      return run(run);
    }
    if (Files.exists(path.resolve("manifest.json"))) {
      return checkpoint(CheckpointStore.read(path));
    }
    return model(path, policy);
  }

  private static Map<String, Object> run(RunFolder run) {
    Recipe recipe = RunPlan.begun(run);
    Checkpoint newest =
        new CheckpointStore(run.checkpoints(), recipe.checkpoint().keep())
            .latest()
            .orElseThrow(
                () -> new CheckpointException(run.root() + " holds no checkpoint to inspect"));
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", "run");
    facts.put("path", run.root().toString());
    facts.put("recipe", recipe);
    Map<String, Object> checkpoint = checkpoint(newest);
    checkpoint.remove("kind");
    checkpoint.remove("path");
    facts.put("checkpoint", newest.folder().toString());
    facts.putAll(checkpoint);
    return facts;
  }

  private static Map<String, Object> checkpoint(Checkpoint checkpoint) {
    Manifest manifest = checkpoint.manifest();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kind", "checkpoint");
    facts.put("path", checkpoint.folder().toString());
    facts.put("step", manifest.step());
    facts.put("kimg", manifest.kimg());
    facts.put("seed", manifest.seed());
    facts.put("weights_sha256", manifest.weightsSha256());
    facts.put("data_sha256", manifest.dataSha256());
    if (manifest.score() != null) {
      facts.put("score", manifest.score());
    }
    return facts;
  }

  /** Returns the shape of the model's samples. */
  private static Map<String, Object> sample(GeneratorModel model) {
    Map<String, Object> facts = new LinkedHashMap<>();
    if (model.makesImages()) {
      facts.put("height", model.height());
      facts.put("width", model.width());
      facts.put("channels", model.channels());
    } else {
      facts.put("dimensions", model.dimensions());
    }
    return facts;
  }

  private static Map<String, Object> model(Path path, OpPolicy policy) {
    try (GeneratorModel model = GeneratorModel.load(path, SessionOptions.DEFAULT, policy)) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("kind", "model");
      facts.put("path", ModelFolder.find(path).toString());
      facts.put("latent", model.latent());
      facts.put("classes", model.classes());
      if (model.classes() > 0) {
        facts.put("label_names", model.labelNames());
      }
      facts.putAll(sample(model));
      facts.put("parameters", model.parameters());
      facts.put("weights_sha256", model.weightsSha256());
      ModelDescription.read(ModelFolder.find(path)).ifPresent(found -> describe(found, facts));
      return facts;
    }
  }

  private static void describe(ModelDescription found, Map<String, Object> facts) {
    facts.put("engine", found.engine());
    facts.put("tensorflow", found.tensorflow());
    facts.put("weights", found.weights());
    facts.put("precision", found.precision());
    facts.put("folded", found.folded());
    facts.put("data", found.data());
    facts.put("recipe", found.recipe());
  }
}
