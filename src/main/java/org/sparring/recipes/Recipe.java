package org.sparring.recipes;

import static org.sparring.errors.RecipeException.requireAtLeast;
import static org.sparring.errors.RecipeException.requireAtMost;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * All settings of a run. A recipe file contains only the keys that differ from {@link #DEFAULT}. A
 * key is the name of a component in snake case, after the name of its group: {@code
 * optimizer.learning_rate}.
 *
 * <p>Recipes are immutable. Derive a changed recipe with a builder: {@code
 * Recipe.DEFAULT.toBuilder().net(n -> n.withWidth(32)).steps(100).build()}.
 *
 * @param data The samples to learn.
 * @param task What is learned.
 * @param pretraining The first phase of super resolution.
 * @param perceptual The features that enlarged images are compared by.
 * @param net The two networks.
 * @param translator Networks from images to images.
 * @param labels Conditional training.
 * @param loss The adversarial loss.
 * @param penalty Regularisation of the discriminator.
 * @param augment Augmentation before the discriminator.
 * @param game The update rule.
 * @param optimizer The optimizer.
 * @param batch Real samples per minibatch. A batch that does not fit into memory is refused, with
 *     the largest one that does. Range: 1 to 1048576
 * @param steps Training steps of the whole run, including those before a resume. Range: 1 or more
 * @param seed Seed of all random numbers and of the order of the data. Range: any whole number
 * @param ema The averaged generator.
 * @param checkpoint Checkpoints.
 * @param samples Grids of samples.
 * @param log Logged scalars.
 * @param meters Meters and alarms.
 * @param evaluation Scores while training.
 * @param device The device.
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Recipe(
    DataKeys data,
    TaskKeys task,
    PretrainingKeys pretraining,
    PerceptualKeys perceptual,
    NetKeys net,
    TranslatorKeys translator,
    LabelKeys labels,
    LossKeys loss,
    PenaltyKeys penalty,
    AugmentKeys augment,
    GameKeys game,
    OptimizerKeys optimizer,
    int batch,
    long steps,
    long seed,
    EmaKeys ema,
    CheckpointKeys checkpoint,
    SampleKeys samples,
    LogKeys log,
    MeterKeys meters,
    EvaluationKeys evaluation,
    DeviceKeys device) {

  /** Maximum batch size, more than the activations of any device have memory for. */
  private static final int MOST_BATCH = 1 << 20;

  /** The values of all keys that a recipe does not name. */
  public static final Recipe DEFAULT =
      new Recipe(
          DataKeys.DEFAULT,
          TaskKeys.DEFAULT,
          PretrainingKeys.DEFAULT,
          PerceptualKeys.DEFAULT,
          NetKeys.DEFAULT,
          TranslatorKeys.DEFAULT,
          LabelKeys.DEFAULT,
          LossKeys.DEFAULT,
          PenaltyKeys.DEFAULT,
          AugmentKeys.DEFAULT,
          GameKeys.DEFAULT,
          OptimizerKeys.DEFAULT,
          64,
          2000,
          1,
          EmaKeys.DEFAULT,
          CheckpointKeys.DEFAULT,
          SampleKeys.DEFAULT,
          LogKeys.DEFAULT,
          MeterKeys.DEFAULT,
          EvaluationKeys.DEFAULT,
          DeviceKeys.DEFAULT);

  public Recipe {
    requireAtLeast("batch", batch, 1);
    requireAtMost("batch", batch, MOST_BATCH);
    requireAtLeast("steps", steps, 1);
  }

  /** Returns the number of real minibatches per training step. */
  public int drawsPerStep() {
    return Rules.of(game).draws();
  }

  /** Returns a builder that starts with the values of this recipe. */
  public RecipeBuilder toBuilder() {
    return new RecipeBuilder(this);
  }

  public Recipe withData(DataKeys data) {
    return toBuilder().data(old -> data).build();
  }

  public Recipe withTask(TaskKeys task) {
    return toBuilder().task(old -> task).build();
  }

  public Recipe withPretraining(PretrainingKeys pretraining) {
    return toBuilder().pretraining(old -> pretraining).build();
  }

  public Recipe withPerceptual(PerceptualKeys perceptual) {
    return toBuilder().perceptual(old -> perceptual).build();
  }

  public Recipe withTranslator(TranslatorKeys translator) {
    return toBuilder().translator(old -> translator).build();
  }

  public Recipe withNet(NetKeys net) {
    return toBuilder().net(old -> net).build();
  }

  public Recipe withLabels(LabelKeys labels) {
    return toBuilder().labels(old -> labels).build();
  }

  public Recipe withLoss(LossKeys loss) {
    return toBuilder().loss(old -> loss).build();
  }

  public Recipe withPenalty(PenaltyKeys penalty) {
    return toBuilder().penalty(old -> penalty).build();
  }

  public Recipe withAugment(AugmentKeys augment) {
    return toBuilder().augment(old -> augment).build();
  }

  public Recipe withGame(GameKeys game) {
    return toBuilder().game(old -> game).build();
  }

  public Recipe withOptimizer(OptimizerKeys optimizer) {
    return toBuilder().optimizer(old -> optimizer).build();
  }

  public Recipe withBatch(int batch) {
    return toBuilder().batch(batch).build();
  }

  public Recipe withSteps(long steps) {
    return toBuilder().steps(steps).build();
  }

  public Recipe withSeed(long seed) {
    return toBuilder().seed(seed).build();
  }

  public Recipe withEma(EmaKeys ema) {
    return toBuilder().ema(old -> ema).build();
  }

  public Recipe withCheckpoint(CheckpointKeys checkpoint) {
    return toBuilder().checkpoint(old -> checkpoint).build();
  }

  public Recipe withSamples(SampleKeys samples) {
    return toBuilder().samples(old -> samples).build();
  }

  public Recipe withLog(LogKeys log) {
    return toBuilder().log(old -> log).build();
  }

  public Recipe withMeters(MeterKeys meters) {
    return toBuilder().meters(old -> meters).build();
  }

  public Recipe withEvaluation(EvaluationKeys evaluation) {
    return toBuilder().evaluation(old -> evaluation).build();
  }

  public Recipe withDevice(DeviceKeys device) {
    return toBuilder().device(old -> device).build();
  }
}
