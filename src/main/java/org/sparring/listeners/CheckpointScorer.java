package org.sparring.listeners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.sparring.assembly.Assembly;
import org.sparring.assembly.TaskData;
import org.sparring.checkpoints.Checkpoint;
import org.sparring.data.ImageSource;
import org.sparring.data.Split;
import org.sparring.datasets.ImageSources;
import org.sparring.errors.Advice;
import org.sparring.errors.RecipeException;
import org.sparring.evaluation.FeatureCache;
import org.sparring.evaluation.FeatureNetwork;
import org.sparring.evaluation.FeatureNetworks;
import org.sparring.inference.GeneratorExport;
import org.sparring.inference.GeneratorModel;
import org.sparring.natives.SessionOptions;
import org.sparring.recipes.DataKeys;
import org.sparring.recipes.EvaluationKeys;
import org.sparring.recipes.Recipe;
import org.sparring.scores.Evaluation;
import org.sparring.scores.EvaluationProtocol;
import org.sparring.scores.Metric;
import org.sparring.storage.Disk;

/**
 * Scores the averaged generator of a checkpoint against the test split of a run's data. Exports the
 * generator from the checkpoint's files and loads it in a separate session, so that the training
 * graph is not touched.
 */
public final class CheckpointScorer implements ScoringListener.Scorer {
  private static final SessionOptions ONE_THREAD = new SessionOptions(1, 1, "cpu", true);

  private final GeneratorExport export;
  private final EvaluationProtocol protocol;
  private final Metric metric;
  private final ImageSource real;
  private final FeatureNetwork network;
  private volatile boolean cancelled;
  private Optional<Evaluation> evaluation = Optional.empty();

  private CheckpointScorer(
      GeneratorExport export,
      EvaluationProtocol protocol,
      ImageSource real,
      FeatureNetwork network) {
    this.export = export;
    this.protocol = protocol;
    this.metric = protocol.metrics().iterator().next();
    this.real = real;
    this.network = network;
  }

  /**
   * Opens the network and the data for scoring; no features are computed yet.
   *
   * @throws RecipeException if the recipe's samples cannot be scored with its settings
   */
  public static CheckpointScorer open(Recipe recipe, Assembly assembly, TaskData data) {
    EvaluationKeys policy = recipe.evaluation();
    if (!data.first().sample().isImage()) {
      throw new RecipeException(
          "evaluation.features: expected none for points, found " + policy.features(),
          Advice.to(Advice.Action.SCORE_POINTS));
    }
    DataKeys keys = recipe.data();
    ImageSource real =
        ImageSources.open(
            keys.source(),
            keys.side(),
            keys.channels(),
            recipe.seed(),
            Split.TEST,
            Assembly.options(keys));
    Metric metric =
        switch (policy.metric()) {
          case FID -> Metric.FID;
          case KID -> Metric.KID;
        };
    EvaluationProtocol protocol =
        EvaluationProtocol.DEFAULT.withSamples(policy.samples()).withMetrics(Set.of(metric));
    FeatureNetwork network = FeatureNetworks.open(policy.features(), ONE_THREAD);
    try {
      Evaluation.check(protocol, real, network);
    } catch (RuntimeException e) {
      network.close();
      throw e;
    }
    GeneratorExport export =
        assembly.export(Assembly.shape(data.first()), assembly.classes(data), List.of());
    return new CheckpointScorer(export, protocol, real, network);
  }

  @Override
  public double score(Checkpoint checkpoint) {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("sparring-scored");
      Path written = folder.resolve("model");
      export.write(checkpoint.prefix(), written, GeneratorExport.Form.DEFAULT);
      try (GeneratorModel model = GeneratorModel.load(written, ONE_THREAD)) {
        return evaluation().of(model).score(metric.toString()).value();
      }
    } catch (IOException e) {
      throw RecipeException.of("cannot write a model to score", e);
    } finally {
      if (folder != null) {
        Disk.deleteQuietly(folder);
      }
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
  }

  @Override
  public void close() {
    network.close();
  }

  /** Computes the features of the real images before the first score, on the scoring thread. */
  private Evaluation evaluation() {
    if (evaluation.isEmpty()) {
      evaluation =
          Optional.of(
              new Evaluation(protocol, real, network, FeatureCache.standard(), new Cancelling()));
    }
    return evaluation.get();
  }

  /** Cancels a score between two batches. */
  private final class Cancelling implements Evaluation.Listener {
    @Override
    public void seen(String what, int done, int count) {
      if (cancelled) {
        throw new CancellationException("the run ended");
      }
    }

    @Override
    public void note(String line) {}
  }
}
