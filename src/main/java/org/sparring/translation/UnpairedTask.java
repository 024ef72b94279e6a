package org.sparring.translation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sparring.errors.TrainingException;
import org.sparring.games.Losses;
import org.sparring.games.Mode;
import org.sparring.games.Point;
import org.sparring.graph.Batch;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.nets.Discriminator;
import org.sparring.nets.Generator;
import org.sparring.tasks.Draw;
import org.sparring.tasks.ProbeInputs;
import org.sparring.tasks.Shown;
import org.sparring.tasks.Task;
import org.sparring.tasks.TaskFunction;
import org.sparring.tasks.TaskNetworks;
import org.sparring.translators.Translator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Translation between two domains without pairs (CycleGAN, Zhu et al. 2017, arXiv 1703.10593,
 * equation 3): a generator for each direction, and a discriminator for each domain. The generators
 * minimise the adversarial losses, plus {@code cycle} times the mean absolute difference between an
 * image and what comes back from the other domain, plus {@code identity} times the change of an
 * image that is already in the domain (section 5.2).
 *
 * <p>The data sources are {@code a} and {@code b}.
 *
 * @param translator of the generators
 * @param image (height, width, channels) of the images that are trained on
 * @param adversary of each generator
 * @param weights of the other terms
 * @param pool images of earlier steps that each discriminator is shown again; 0 for none
 * @param arithmetic changes the passes of all networks, such as {@link Pass#mixed}
 */
public record UnpairedTask(
    Translator translator,
    Shape image,
    Adversary adversary,
    Terms weights,
    int pool,
    UnaryOperator<Pass> arithmetic)
    implements Task {
  private static final String OUTPUT = "images";

  /**
   * Weights of the terms of the generators' loss.
   *
   * @param cycle 0 or more
   * @param identity 0 or more; 0 saves two passes
   */
  public record Terms(float cycle, float identity) {
    public Terms {
      TrainingException.require(
          cycle >= 0 && identity >= 0,
          "the weights of cycle and identity must be 0 or more, found "
              + cycle
              + " and "
              + identity);
    }
  }

  @Override
  public List<String> sources() {
    return List.of("a", "b");
  }

  @Override
  public TaskNetworks create(Variables variables) {
    int channels = Math.toIntExact(image.get(2));
    Map<Direction, Side> sides = new EnumMap<>(Direction.class);
    for (Direction direction : Direction.values()) {
      sides.put(
          direction,
          new Side(
              direction,
              translator.create(variables.named(direction.function())),
              adversary.discriminator(channels).create(variables.named(direction.to())),
              pool == 0
                  ? Optional.empty()
                  : Optional.of(ImagePool.of(variables, direction.to(), pool, image))));
    }
    return new Networks(this, sides);
  }

  /**
   * One direction.
   *
   * @param discriminator of the domain that is translated to
   */
  private record Side(
      Direction direction,
      Generator generator,
      Discriminator discriminator,
      Optional<ImagePool> pool) {}

  private record Networks(UnpairedTask task, Map<Direction, Side> sides) implements TaskNetworks {
    @Override
    public List<Variable<TFloat32>> variables(Owner player) {
      return sides.values().stream()
          .flatMap(
              side ->
                  (player == Owner.GENERATOR
                          ? side.generator.variables()
                          : side.discriminator.variables())
                      .stream())
          .toList();
    }

    @Override
    public Losses losses(Ops tf, Point at, Draw draw, Mode mode) {
      List<Losses> each = new ArrayList<>();
      for (Direction direction : Direction.values()) {
        each.add(losses(tf, at, draw, mode, direction));
      }
      return Means.of(tf, each);
    }

    private Losses losses(Ops tf, Point at, Draw draw, Mode mode, Direction direction) {
      Side side = sides.get(direction);
      Operand<TFloat32> real = draw.reals(tf, direction.to());
      Operand<TFloat32> fake = translated(tf, at.generator(), draw, direction);
      Pass pass = task.arithmetic.apply(draw.pass(Owner.DISCRIMINATOR, mode));
      Weights d = at.discriminator();
      Operand<TFloat32> shown = shown(tf, draw, mode, side, fake);
      Operand<TFloat32> ofReal = side.discriminator.judge(tf, d, real, pass);
      Operand<TFloat32> ofShown = side.discriminator.judge(tf, d, shown, pass);
      Operand<TFloat32> ofFake =
          shown == fake ? ofShown : side.discriminator.judge(tf, d, fake, pass);
      Adversary.Terms seen = task.adversary.terms(tf, draw, ofReal, ofShown);
      Adversary.Terms now = shown == fake ? seen : task.adversary.terms(tf, draw, ofReal, ofFake);
      Map<String, Operand<TFloat32>> meters = new LinkedHashMap<>();
      Operand<TFloat32> held =
          tf.math.add(now.generator(), kept(tf, at.generator(), draw, direction, meters));
      meters.putAll(Adversary.meters(tf, ofReal, ofShown));
      return new Losses(held, seen.discriminator(), meters);
    }

    /** What the discriminator's update sees of generated images. */
    private static Operand<TFloat32> shown(
        Ops tf, Draw draw, Mode mode, Side side, Operand<TFloat32> fake) {
      boolean isAsked = side.pool.isPresent() && mode != Mode.GENERATOR_UPDATE;
      return isAsked ? side.pool.get().shown(tf, draw, fake, mode == Mode.UPDATE) : fake;
    }

    /** The terms of a direction that keep an image's content. */
    private Operand<TFloat32> kept(
        Ops tf, Weights g, Draw draw, Direction direction, Map<String, Operand<TFloat32>> meters) {
      Operand<TFloat32> from = draw.reals(tf, direction.from());
      Side back = sides.get(direction.back());
      Operand<TFloat32> returned =
          draw.shared(
              "cycle/" + direction.from(),
              g,
              () -> made(tf, back, g, translated(tf, g, draw, direction), generatorPass(draw)));
      Operand<TFloat32> cycle = Differences.absolute(tf, from, returned);
      meters.put(TranslationMeters.CYCLE, Differences.levels(tf, from, returned));
      Operand<TFloat32> sum = tf.math.mul(tf.constant(task.weights.cycle), cycle);
      if (task.weights.identity == 0) {
        return sum;
      }
      Operand<TFloat32> same =
          draw.shared(
              "identity/" + direction.from(),
              g,
              () -> made(tf, back, g, from, generatorPass(draw)));
      meters.put(TranslationMeters.IDENTITY, Differences.levels(tf, from, same));
      Operand<TFloat32> identity = Differences.absolute(tf, from, same);
      return tf.math.add(sum, tf.math.mul(tf.constant(task.weights.identity), identity));
    }

    private Operand<TFloat32> translated(Ops tf, Weights g, Draw draw, Direction direction) {
      return draw.shared(
          direction.function(),
          g,
          () ->
              made(
                  tf,
                  sides.get(direction),
                  g,
                  draw.reals(tf, direction.from()),
                  generatorPass(draw)));
    }

    private static Pass generatorPass(Draw draw) {
      return draw.pass(Owner.GENERATOR, Mode.UPDATE);
    }

    private Operand<TFloat32> made(
        Ops tf, Side side, Weights weights, Operand<TFloat32> from, Pass pass) {
      Batch input = Batch.of(Translator.IMAGE, from);
      return side.generator.generate(tf, weights, input, task.arithmetic.apply(pass));
    }

    /** For each direction a row of inputs, a row of outputs and a row of what comes back. */
    @Override
    public Operand<TFloat32> preview(Ops tf, Weights averaged, Shown shown) {
      Weights weights = Statistics.with(tf, averaged, variables(Owner.GENERATOR));
      List<Operand<TFloat32>> rows = new ArrayList<>();
      for (Side side : sides.values()) {
        Side back = sides.get(side.direction.back());
        Operand<TFloat32> from =
            FirstField.of(shown.fixed().batch(tf, side.direction.from(), shown.count()));
        Operand<TFloat32> made = made(tf, side, weights, from, Pass.inference());
        rows.addAll(List.of(from, made, made(tf, back, weights, made, Pass.inference())));
      }
      return tf.concat(rows, tf.constant(0));
    }

    @Override
    public List<TaskFunction> functions() {
      return sides.values().stream()
          .map(
              side ->
                  TaskFunction.of(
                      side.direction.function(), side.generator, OUTPUT, task.translator.form()))
          .toList();
    }

    /** The cycle error of fixed images, in each domain. */
    @Override
    public Map<String, Operand<TFloat32>> probe(Ops tf, ProbeInputs inputs) {
      Map<String, Operand<TFloat32>> meters = new LinkedHashMap<>();
      if (inputs.fixed().isEmpty()) {
        return meters;
      }
      Weights weights = Statistics.with(tf, inputs.averaged(), variables(Owner.GENERATOR));
      for (Side side : sides.values()) {
        Side back = sides.get(side.direction.back());
        String domain = side.direction.from();
        Operand<TFloat32> from = FirstField.of(inputs.fixed().batch(tf, domain, Integer.MAX_VALUE));
        Operand<TFloat32> made = made(tf, side, weights, from, Pass.inference());
        Operand<TFloat32> returned = made(tf, back, weights, made, Pass.inference());
        meters.put(domain + "_" + TranslationMeters.CYCLE, Differences.levels(tf, from, returned));
      }
      return meters;
    }
  }
}
