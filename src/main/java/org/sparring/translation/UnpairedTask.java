package org.sparring.translation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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

  public UnpairedTask {
    TrainingException.require(pool >= 0, "a pool must hold 0 images or more, found " + pool);
  }

  @Override
  public List<String> sources() {
    return List.of("a", "b");
  }

  @Override
  public TaskNetworks create(Variables variables) {
    int channels = Math.toIntExact(image.get(2));
    Map<Direction, ImagePlayers> all = new EnumMap<>(Direction.class);
    Map<Direction, ImagePool> pools = new EnumMap<>(Direction.class);
    for (Direction direction : Direction.values()) {
      all.put(
          direction,
          new ImagePlayers(
              translator.create(variables.named(direction.function())),
              adversary.discriminator(channels).create(variables.named(direction.to())),
              translator.form(),
              arithmetic));
      if (pool > 0) {
        pools.put(direction, ImagePool.of(variables, direction.to(), pool, image));
      }
    }
    return new Networks(this, all, pools);
  }

  /**
   * @param all the players of each direction; a discriminator judges the domain that is translated
   *     to
   * @param pools of each direction; empty for none
   */
  private record Networks(
      UnpairedTask task, Map<Direction, ImagePlayers> all, Map<Direction, ImagePool> pools)
      implements TaskNetworks {
    @Override
    public List<Variable<TFloat32>> variables(Owner player) {
      return ImagePlayers.variables(all.values(), player);
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
      ImagePlayers players = all.get(direction);
      Operand<TFloat32> real = draw.reals(tf, direction.to());
      Operand<TFloat32> fake = translated(tf, at.generator(), draw, direction);
      Pass pass = draw.pass(Owner.DISCRIMINATOR, mode);
      Weights d = at.discriminator();
      Operand<TFloat32> shown = shown(tf, draw, mode, direction, fake);
      Operand<TFloat32> ofReal = players.judged(tf, d, real, pass);
      Operand<TFloat32> ofShown = players.judged(tf, d, shown, pass);
      Operand<TFloat32> ofFake = shown == fake ? ofShown : players.judged(tf, d, fake, pass);
      Adversary.Terms seen = task.adversary.terms(tf, draw, ofReal, ofShown);
      Adversary.Terms now = shown == fake ? seen : task.adversary.terms(tf, draw, ofReal, ofFake);
      Map<String, Operand<TFloat32>> meters = new LinkedHashMap<>();
      Operand<TFloat32> held =
          tf.math.add(now.generator(), kept(tf, at.generator(), draw, direction, meters));
      meters.putAll(Adversary.meters(tf, ofReal, ofShown));
      return new Losses(held, seen.discriminator(), meters);
    }

    /** What the discriminator's update sees of generated images. */
    private Operand<TFloat32> shown(
        Ops tf, Draw draw, Mode mode, Direction direction, Operand<TFloat32> fake) {
      boolean isAsked = pools.containsKey(direction) && mode != Mode.GENERATOR_UPDATE;
      return isAsked ? pools.get(direction).shown(tf, draw, fake, mode == Mode.UPDATE) : fake;
    }

    /** The terms of a direction that keep an image's content. */
    private Operand<TFloat32> kept(
        Ops tf, Weights g, Draw draw, Direction direction, Map<String, Operand<TFloat32>> meters) {
      Operand<TFloat32> from = draw.reals(tf, direction.from());
      ImagePlayers back = all.get(direction.back());
      Operand<TFloat32> returned =
          draw.shared(
              "cycle/" + direction.from(),
              g,
              () -> back.made(tf, g, translated(tf, g, draw, direction), generatorPass(draw)));
      Operand<TFloat32> cycle = Differences.absolute(tf, from, returned);
      meters.put(TranslationMeters.CYCLE, Differences.levels(tf, from, returned));
      Operand<TFloat32> sum = tf.math.mul(tf.constant(task.weights.cycle), cycle);
      if (task.weights.identity == 0) {
        return sum;
      }
      Operand<TFloat32> same =
          draw.shared(
              "identity/" + direction.from(), g, () -> back.made(tf, g, from, generatorPass(draw)));
      meters.put(TranslationMeters.IDENTITY, Differences.levels(tf, from, same));
      Operand<TFloat32> identity = Differences.absolute(tf, from, same);
      return tf.math.add(sum, tf.math.mul(tf.constant(task.weights.identity), identity));
    }

    private Operand<TFloat32> translated(Ops tf, Weights g, Draw draw, Direction direction) {
      return draw.shared(
          direction.function(),
          g,
          () ->
              all.get(direction)
                  .made(tf, g, draw.reals(tf, direction.from()), generatorPass(draw)));
    }

    private static Pass generatorPass(Draw draw) {
      return draw.pass(Owner.GENERATOR, Mode.UPDATE);
    }

    /** For each direction a row of inputs, a row of outputs and a row of what comes back. */
    @Override
    public Operand<TFloat32> preview(Ops tf, Weights averaged, Shown shown) {
      Weights weights = Statistics.with(tf, averaged, variables(Owner.GENERATOR));
      List<Operand<TFloat32>> rows = new ArrayList<>();
      for (Direction direction : Direction.values()) {
        Operand<TFloat32> from =
            FirstField.of(shown.fixed().batch(tf, direction.from(), shown.count()));
        Operand<TFloat32> made = all.get(direction).made(tf, weights, from, Pass.inference());
        ImagePlayers back = all.get(direction.back());
        rows.addAll(List.of(from, made, back.made(tf, weights, made, Pass.inference())));
      }
      return tf.concat(rows, tf.constant(0));
    }

    @Override
    public List<TaskFunction> functions() {
      return Stream.of(Direction.values())
          .map(direction -> all.get(direction).function(direction.function()))
          .toList();
    }

    /** The cycle error and the identity error of fixed images, in each domain. */
    @Override
    public Map<String, Operand<TFloat32>> probe(Ops tf, ProbeInputs inputs) {
      Map<String, Operand<TFloat32>> meters = new LinkedHashMap<>();
      if (inputs.fixed().isEmpty()) {
        return meters;
      }
      Weights weights = Statistics.with(tf, inputs.averaged(), variables(Owner.GENERATOR));
      for (Direction direction : Direction.values()) {
        String domain = direction.from();
        Operand<TFloat32> from = FirstField.of(inputs.fixed().batch(tf, domain, Integer.MAX_VALUE));
        Operand<TFloat32> made = all.get(direction).made(tf, weights, from, Pass.inference());
        Operand<TFloat32> returned =
            all.get(direction.back()).made(tf, weights, made, Pass.inference());
        Operand<TFloat32> kept =
            all.get(direction.back()).made(tf, weights, from, Pass.inference());
        meters.put(domain + "_" + TranslationMeters.CYCLE, Differences.levels(tf, from, returned));
        meters.put(domain + "_" + TranslationMeters.IDENTITY, Differences.levels(tf, from, kept));
      }
      return meters;
    }
  }
}
