package org.sparring.assembly;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sparring.errors.RecipeException;
import org.sparring.graph.StridedSize;
import org.sparring.inference.GeneratorExport;
import org.sparring.nets.Architecture;
import org.sparring.nets.ComputedPair;
import org.sparring.nets.Latent;
import org.sparring.recipes.NetKeys.BatchNorm;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.TaskKeys.TaskKind;
import org.sparring.tasks.PairTask;
import org.sparring.tasks.Task;
import org.tensorflow.ndarray.Shape;

/**
 * The task of a recipe: a generator and a discriminator, networks from images to images, or a
 * program's own task.
 */
record RecipeTask(Recipe recipe, OwnParts own, Hardware hardware) {

  /** Whether it is a generator and a discriminator. */
  boolean isPair() {
    return own.task().isEmpty() && !recipe.task().isTranslation();
  }

  /**
   * @param sample shape of one sample: (height, width, channels) or (2)
   * @param classes that they have; read only where the recipe uses labels
   */
  Task of(Shape sample, int classes) {
    return functions(sample).orElseGet(() -> pair(sample, classes));
  }

  /** The task, where its model is exported by its functions; empty for a pair. */
  Optional<Task> functions(Shape sample) {
    if (own.task().isPresent()) {
      return own.task();
    }
    return isPair() ? Optional.empty() : Optional.of(new Translations(recipe, hardware).of(sample));
  }

  /** Refuses data that the recipe's task cannot be trained on. */
  void require(TaskData data) {
    if (own.task().isPresent()) {
      return;
    }
    TaskKind kind = recipe.task().kind();
    boolean two = kind == TaskKind.UNPAIRED;
    RecipeException.require(
        data.byName().keySet().containsAll(two ? List.of("a", "b") : List.of(Task.DATA)),
        "task.kind "
            + kind.label()
            + ": expected "
            + (two ? "two data sets, a and b, as of domains:DIR_A,DIR_B" : "one data set")
            + ", found "
            + String.join(" and ", data.byName().keySet()));
    if (!isPair()) {
      new Translations(recipe, hardware).requireImages(data);
    }
  }

  private PairTask pair(Shape sample, int classes) {
    int crop = recipe.data().crop();
    RecipeException.require(
        crop == 0,
        "data.crop: expected 0 with task.kind sample, whose networks have the size of whole images,"
            + " found "
            + crop);
    Architecture networks = networks(sample, classes);
    return new PairTask(
        computed(networks),
        latent(networks),
        own.loss().orElseGet(() -> Objectives.loss(recipe.loss())),
        Objectives.regularization(recipe.penalty(), recipe.augment()),
        recipe.net().batchNorm() == BatchNorm.SYNCHRONISED);
  }

  private Architecture networks(Shape sample, int classes) {
    return own.networks()
        .orElseGet(() -> new Architectures(recipe.net(), recipe.labels()).of(sample, classes));
  }

  /** Writes the generator of a pair as a SavedModel. */
  GeneratorExport export(Shape sample, int classes, List<String> labelNames) {
    Architecture networks = networks(sample, classes);
    return new GeneratorExport(networks::generator, latent(networks), labelNames);
  }

  private Architecture computed(Architecture pair) {
    Architecture precise =
        switch (recipe.device().precision()) {
          // auto: inference, since a run has chosen before it trains
          case AUTO, FLOAT32, TF32 -> pair;
          case MIXED_BFLOAT16 -> ComputedPair.mixed(pair, hardware.bfloat16());
        };
    Set<StridedSize> patched = recipe.device().patched();
    if (hardware.isGpu()) {
      return ComputedPair.plain(precise);
    }
    return patched.isEmpty() ? precise : ComputedPair.patched(precise, patched);
  }

  private Latent latent(Architecture networks) {
    Latent.Distribution distribution =
        switch (recipe.net().distribution()) {
          case NORMAL -> Latent.Distribution.NORMAL;
          case UNIFORM -> Latent.Distribution.UNIFORM;
        };
    return new Latent(networks.latent(), distribution);
  }
}
