package org.sparring.tasks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.games.Losses;
import org.sparring.games.Mode;
import org.sparring.games.Point;
import org.sparring.graph.Batch;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.losses.Classification;
import org.sparring.nets.Discriminator;
import org.sparring.nets.Generator;
import org.sparring.nets.Input;
import org.sparring.nets.Judgement;
import org.sparring.nets.LabelInput;
import org.sparring.nets.MeasuredStatistics;
import org.sparring.regularizers.Critic;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The generator and the discriminator of a {@link PairTask} in one graph.
 *
 * @param generator G
 * @param discriminator D
 * @param augmenter what D sees of samples
 */
public record PairNetworks(
    PairTask task, Generator generator, Discriminator discriminator, Augmenter augmenter)
    implements TaskNetworks {
  private static final String AUGMENT = "augment";

  @Override
  public List<Variable<TFloat32>> variables(Owner player) {
    return player == Owner.GENERATOR ? generator.variables() : discriminator.variables();
  }

  @Override
  public Losses losses(Ops tf, Point at, Draw draw, Mode mode) {
    Evaluation here = new Evaluation(at, draw, draw.pass(Owner.DISCRIMINATOR, mode));
    Samples reals = reals(tf, draw);
    Samples fakes = fakes(tf, at.generator(), draw);
    // real and generated samples pass separately: each is normalised by its own minibatch
    Judgement real = judgement(tf, here, reals);
    Judgement fake = judgement(tf, here, fakes);
    Optional<Operand<TFloat32>> ofReals = classification(tf, real, reals);
    Optional<Operand<TFloat32>> ofFakes = classification(tf, fake, fakes);
    Optional<Operand<TFloat32>> classes = ofReals.map(loss -> plus(tf, loss, ofFakes));
    Optional<Operand<TFloat32>> penalty =
        mode.isPenalized() ? penalty(tf, here, reals, fakes) : Optional.empty();
    Logits logits = Logits.of(tf, draw, task.loss(), real.logits(), fake.logits());
    Operand<TFloat32> d = task.loss().discriminator(tf, logits.real(), logits.fake());
    Operand<TFloat32> g = task.loss().generator(tf, logits.real(), logits.fake());
    return new Losses(
        plus(tf, g, classes),
        plus(tf, plus(tf, d, classes), penalty),
        mode == Mode.UPDATE ? meters(tf, real, fake, penalty) : Map.of());
  }

  /** Where and how the discriminator is evaluated. */
  private record Evaluation(Point at, Draw draw, Pass pass) {}

  private Map<String, Operand<TFloat32>> meters(
      Ops tf, Judgement real, Judgement fake, Optional<Operand<TFloat32>> penalty) {
    Map<String, Operand<TFloat32>> meters = Meters.of(tf, real.logits(), fake.logits(), penalty);
    if (augmenter.adapted().isPresent()) {
      meters.put(Meters.REAL_SIGN, Meters.sign(tf, real.logits()));
    }
    return meters;
  }

  @Override
  public List<Op> afterStep(Ops tf, Losses losses, long images) {
    return augmenter.update(tf, losses.meters().get(Meters.REAL_SIGN), images);
  }

  @Override
  public Operand<TFloat32> preview(Ops tf, Weights weights, Shown shown) {
    int count = shown.count();
    Operand<TFloat32> z = task.latent().sample(tf, count, shown.seeds().once(tf, "preview"));
    var statistics = MeasuredStatistics.of(tf, generator, weights, task.latent());
    // a conditional generator shows its classes one after the other, equally many of each
    Batch classes = LabelInput.inOrder(tf, generator, count);
    return generator.generate(
        tf, weights.with(statistics), classes.with(Input.LATENT, z), Pass.inference());
  }

  /** The generator alone; {@code GeneratorExport} adds seeds and truncation. */
  @Override
  public List<TaskFunction> functions() {
    return List.of(TaskFunction.of("generate", generator, "images"));
  }

  @Override
  public Map<String, Operand<TFloat32>> probe(Ops tf, ProbeInputs inputs) {
    return new PairProbe(tf, this, inputs).meters();
  }

  Samples reals(Ops tf, Draw draw) {
    return new Samples(draw.reals(tf), conditions(tf, draw));
  }

  /**
   * Returns the class labels of a draw, for a conditional pair. Generated samples use the labels of
   * the real ones: each class is then equally frequent in both, and a loss that pairs real and
   * generated samples compares samples of one class.
   */
  private Batch conditions(Ops tf, Draw draw) {
    return task.isConditional() ? draw.fields(tf, Task.DATA).only(Input.LABEL) : Batch.NONE;
  }

  Samples fakes(Ops tf, Weights weights, Draw draw) {
    return draw.shared("fakes", weights, () -> generated(tf, weights, draw));
  }

  private Samples generated(Ops tf, Weights weights, Draw draw) {
    Operand<TFloat32> z = task.latent().sample(tf, draw.batch(), draw.latents(tf));
    Batch conditions = conditions(tf, draw);
    Pass pass = draw.pass(Owner.GENERATOR, Mode.UPDATE);
    Batch inputs = conditions.with(Input.LATENT, z);
    return new Samples(generator.generate(tf, weights, inputs, pass), conditions);
  }

  private Judgement judgement(Ops tf, Evaluation here, Samples samples) {
    Operand<TFloat32> shown = shown(tf, here.draw, samples.values());
    Weights d = here.at.discriminator();
    return discriminator.judgement(tf, d, shown, samples.conditions(), here.pass);
  }

  /**
   * Returns the samples as the discriminator sees them: each evaluation is augmented with its own
   * random numbers.
   */
  private Operand<TFloat32> shown(Ops tf, Draw draw, Operand<TFloat32> samples) {
    if (task.regularization().augment().kinds().isNone()) {
      return samples;
    }
    var probability = draw.shared(AUGMENT, null, () -> augmenter.probability(tf));
    return augmenter.shown(tf, samples, probability, draw.dice(AUGMENT));
  }

  /** Cross-entropy of the classes that the discriminator predicts, if it predicts classes. */
  private static Optional<Operand<TFloat32>> classification(
      Ops tf, Judgement judgement, Samples samples) {
    return judgement
        .classes()
        .map(seen -> Classification.of(tf, seen, samples.conditions().integers(Input.LABEL)));
  }

  private Optional<Operand<TFloat32>> penalty(
      Ops tf, Evaluation here, Samples reals, Samples fakes) {
    if (!here.draw.isDue(PairTask.PENALTY)) {
      return Optional.empty();
    }
    // The penalty differentiates with respect to the unaugmented samples. An interpolated sample
    // keeps the label that its real and its generated sample share.
    Evaluation full =
        new Evaluation(
            here.at, here.draw, here.draw.pass(Owner.DISCRIMINATOR, Mode.LOOK_AHEAD).full());
    Critic critic = (ops, x) -> judgement(ops, full, new Samples(x, reals.conditions())).logits();
    var random = here.draw.random(tf, PairTask.PENALTY);
    return task.regularization()
        .penalty()
        .map(p -> p.of(tf, critic, reals.values(), fakes.values(), random));
  }

  private static Operand<TFloat32> plus(
      Ops tf, Operand<TFloat32> loss, Optional<Operand<TFloat32>> term) {
    return term.<Operand<TFloat32>>map(t -> tf.math.add(loss, t)).orElse(loss);
  }
}
