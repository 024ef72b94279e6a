package org.sparring.recipes;

import java.util.function.UnaryOperator;

/**
 * Builds a recipe from another one. The method of a group takes a function from the old values of
 * the group to the new values: {@code Recipe.DEFAULT.toBuilder().net(n ->
 * n.withWidth(32)).build()}.
 */
public final class RecipeBuilder {
  private DataKeys data;
  private TaskKeys task;
  private PretrainingKeys pretraining;
  private PerceptualKeys perceptual;
  private NetKeys net;
  private TranslatorKeys translator;
  private LabelKeys labels;
  private LossKeys loss;
  private PenaltyKeys penalty;
  private AugmentKeys augment;
  private GameKeys game;
  private OptimizerKeys optimizer;
  private int batch;
  private long steps;
  private long seed;
  private EmaKeys ema;
  private CheckpointKeys checkpoint;
  private SampleKeys samples;
  private LogKeys log;
  private MeterKeys meters;
  private EvaluationKeys evaluation;
  private DeviceKeys device;

  RecipeBuilder(Recipe recipe) {
    data = recipe.data();
    task = recipe.task();
    pretraining = recipe.pretraining();
    perceptual = recipe.perceptual();
    net = recipe.net();
    translator = recipe.translator();
    labels = recipe.labels();
    loss = recipe.loss();
    penalty = recipe.penalty();
    augment = recipe.augment();
    game = recipe.game();
    optimizer = recipe.optimizer();
    batch = recipe.batch();
    steps = recipe.steps();
    seed = recipe.seed();
    ema = recipe.ema();
    checkpoint = recipe.checkpoint();
    samples = recipe.samples();
    log = recipe.log();
    meters = recipe.meters();
    evaluation = recipe.evaluation();
    device = recipe.device();
  }

  public RecipeBuilder data(UnaryOperator<DataKeys> change) {
    data = change.apply(data);
    return this;
  }

  public RecipeBuilder task(UnaryOperator<TaskKeys> change) {
    task = change.apply(task);
    return this;
  }

  public RecipeBuilder pretraining(UnaryOperator<PretrainingKeys> change) {
    pretraining = change.apply(pretraining);
    return this;
  }

  public RecipeBuilder perceptual(UnaryOperator<PerceptualKeys> change) {
    perceptual = change.apply(perceptual);
    return this;
  }

  public RecipeBuilder translator(UnaryOperator<TranslatorKeys> change) {
    translator = change.apply(translator);
    return this;
  }

  public RecipeBuilder net(UnaryOperator<NetKeys> change) {
    net = change.apply(net);
    return this;
  }

  public RecipeBuilder labels(UnaryOperator<LabelKeys> change) {
    labels = change.apply(labels);
    return this;
  }

  public RecipeBuilder loss(UnaryOperator<LossKeys> change) {
    loss = change.apply(loss);
    return this;
  }

  public RecipeBuilder penalty(UnaryOperator<PenaltyKeys> change) {
    penalty = change.apply(penalty);
    return this;
  }

  public RecipeBuilder augment(UnaryOperator<AugmentKeys> change) {
    augment = change.apply(augment);
    return this;
  }

  public RecipeBuilder game(UnaryOperator<GameKeys> change) {
    game = change.apply(game);
    return this;
  }

  public RecipeBuilder optimizer(UnaryOperator<OptimizerKeys> change) {
    optimizer = change.apply(optimizer);
    return this;
  }

  public RecipeBuilder batch(int value) {
    batch = value;
    return this;
  }

  public RecipeBuilder steps(long value) {
    steps = value;
    return this;
  }

  public RecipeBuilder seed(long value) {
    seed = value;
    return this;
  }

  public RecipeBuilder ema(UnaryOperator<EmaKeys> change) {
    ema = change.apply(ema);
    return this;
  }

  public RecipeBuilder checkpoint(UnaryOperator<CheckpointKeys> change) {
    checkpoint = change.apply(checkpoint);
    return this;
  }

  public RecipeBuilder samples(UnaryOperator<SampleKeys> change) {
    samples = change.apply(samples);
    return this;
  }

  public RecipeBuilder log(UnaryOperator<LogKeys> change) {
    log = change.apply(log);
    return this;
  }

  public RecipeBuilder meters(UnaryOperator<MeterKeys> change) {
    meters = change.apply(meters);
    return this;
  }

  public RecipeBuilder evaluation(UnaryOperator<EvaluationKeys> change) {
    evaluation = change.apply(evaluation);
    return this;
  }

  public RecipeBuilder device(UnaryOperator<DeviceKeys> change) {
    device = change.apply(device);
    return this;
  }

  /**
   * Returns the recipe.
   *
   * @throws org.sparring.errors.RecipeException if a value is out of its range
   */
  public Recipe build() {
    return new Recipe(
        data,
        task,
        pretraining,
        perceptual,
        net,
        translator,
        labels,
        loss,
        penalty,
        augment,
        game,
        optimizer,
        batch,
        steps,
        seed,
        ema,
        checkpoint,
        samples,
        log,
        meters,
        evaluation,
        device);
  }
}
