package org.sparring.translation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sparring.errors.TrainingException;
import org.sparring.games.Losses;
import org.sparring.games.Mode;
import org.sparring.games.Point;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.tasks.Draw;
import org.sparring.tasks.Phase;
import org.sparring.tasks.ProbeInputs;
import org.sparring.tasks.Shown;
import org.sparring.tasks.Task;
import org.sparring.tasks.TaskFunction;
import org.sparring.tasks.TaskNetworks;
import org.sparring.translators.Reduction;
import org.sparring.translators.Translator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Super resolution (Ledig et al. 2017, arXiv 1609.04802; Wang et al. 2018, arXiv 1809.00219): a
 * generator enlarges images that were made small by {@link Reduction}.
 *
 * <p>In the first phase the generator alone minimises the mean absolute difference from the real
 * image. In the second it minimises {@code pixel} times this difference plus the weighted
 * perceptual loss and the weighted adversarial loss, against a discriminator of patches.
 *
 * @param translator of the generator
 * @param channels of the images
 * @param adversary of the second phase
 * @param pixel weight of the absolute difference in the second phase, 0 or more
 * @param perceptual term of the second phase, if there is one
 * @param pretraining steps of the first phase; 0 for none. A run of no more steps has this phase
 *     alone
 * @param arithmetic changes the passes of both networks, such as {@link Pass#mixed}
 */
public record RestoreTask(
    Translator translator,
    int channels,
    Adversary adversary,
    float pixel,
    Optional<Perceptual> perceptual,
    long pretraining,
    UnaryOperator<Pass> arithmetic)
    implements Task {
  /** Name of the first phase. */
  public static final String PRETRAINING = "pretraining";

  /** Name of the exported function. */
  public static final String FUNCTION = "upscale";

  public RestoreTask {
    TrainingException.require(
        translator.form().scale() > 1, "super resolution needs a network that enlarges images");
    TrainingException.require(
        pixel >= 0, "the weight of the pixel loss must be 0 or more, found " + pixel);
    TrainingException.require(
        pretraining >= 0, "pretraining must last 0 steps or more, found " + pretraining);
  }

  @Override
  public List<Phase> phases() {
    Phase whole = new Phase("adversarial", Long.MAX_VALUE, false);
    return pretraining == 0
        ? List.of(whole)
        : List.of(new Phase(PRETRAINING, pretraining, true), whole);
  }

  @Override
  public TaskNetworks create(Variables variables) {
    return new Networks(
        this,
        new Reduction(translator.form().scale()),
        new ImagePlayers(
            translator.create(variables),
            adversary.discriminator(channels).create(variables),
            translator.form(),
            arithmetic),
        perceptual.map(Perceptual.Term::new));
  }

  private record Networks(
      RestoreTask task,
      Reduction reduction,
      ImagePlayers players,
      Optional<Perceptual.Term> perceptual)
      implements TaskNetworks {

    @Override
    public List<Variable<TFloat32>> variables(Owner player) {
      return players.variables(player);
    }

    @Override
    public Losses losses(Ops tf, Point at, Draw draw, Mode mode) {
      Operand<TFloat32> truth = draw.reals(tf);
      Operand<TFloat32> made =
          draw.shared(
              "enlarged",
              at.generator(),
              () ->
                  players.made(
                      tf,
                      at.generator(),
                      draw.shared("small", null, () -> reduction.of(tf, truth)),
                      draw.pass(Owner.GENERATOR, Mode.UPDATE)));
      Operand<TFloat32> pixel = Differences.absolute(tf, truth, made);
      Map<String, Operand<TFloat32>> meters = new LinkedHashMap<>();
      meters.put(TranslationMeters.PIXEL, Differences.levels(tf, truth, made));
      if (draw.phase().generatorAlone()) {
        meters.putAll(Adversary.noMeters(tf));
        return new Losses(pixel, tf.constant(0f), meters);
      }
      Pass pass = draw.pass(Owner.DISCRIMINATOR, mode);
      Operand<TFloat32> real = players.judged(tf, at.discriminator(), truth, pass);
      Operand<TFloat32> fake = players.judged(tf, at.discriminator(), made, pass);
      Adversary.Terms terms = task.adversary.terms(tf, draw, real, fake);
      meters.putAll(Adversary.meters(tf, real, fake));
      Operand<TFloat32> compared = tf.math.mul(tf.constant(task.pixel), pixel);
      if (perceptual.isPresent()) {
        compared = tf.math.add(compared, perceptual.get().of(tf, truth, made));
      }
      return new Losses(tf.math.add(terms.generator(), compared), terms.discriminator(), meters);
    }

    /** A row of small images, a row of what is made of them, and a row of the real ones. */
    @Override
    public Operand<TFloat32> preview(Ops tf, Weights averaged, Shown shown) {
      Weights weights = Statistics.with(tf, averaged, variables(Owner.GENERATOR));
      Operand<TFloat32> truth = FirstField.of(shown.fixed().batch(tf, DATA, shown.count()));
      Operand<TFloat32> small = reduction.of(tf, truth);
      int side = Math.toIntExact(truth.shape().get(1));
      int across = Math.toIntExact(truth.shape().get(2));
      Operand<TInt32> size = tf.constant(new int[] {side, across});
      Operand<TFloat32> squares = tf.image.resizeNearestNeighbor(small, size);
      Operand<TFloat32> made = players.made(tf, weights, small, Pass.inference());
      return tf.concat(List.of(squares, made, truth), tf.constant(0));
    }

    @Override
    public List<TaskFunction> functions() {
      return List.of(players.function(FUNCTION));
    }

    /** The peak signal-to-noise ratio of fixed images in dB; nothing without them. */
    @Override
    public Map<String, Operand<TFloat32>> probe(Ops tf, ProbeInputs inputs) {
      if (inputs.fixed().isEmpty()) {
        return Map.of();
      }
      Operand<TFloat32> truth = FirstField.of(inputs.fixed().batch(tf, DATA, Integer.MAX_VALUE));
      Weights weights = Statistics.with(tf, inputs.averaged(), variables(Owner.GENERATOR));
      Operand<TFloat32> made = players.made(tf, weights, reduction.of(tf, truth), Pass.inference());
      return Map.of(TranslationMeters.RATIO, Differences.decibels(tf, truth, made));
    }
  }
}
