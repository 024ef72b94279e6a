package org.sparring.translation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.sparring.tasks.Draw;
import org.sparring.tasks.ProbeInputs;
import org.sparring.tasks.Shown;
import org.sparring.tasks.Task;
import org.sparring.tasks.TaskFunction;
import org.sparring.tasks.TaskNetworks;
import org.sparring.translators.Translator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Translation learned from pairs (pix2pix, Isola et al. 2017, arXiv 1611.07004, equation 4): a
 * generator makes the other image of a pair, and a discriminator is shown both. The generator
 * minimises the adversarial loss plus {@code pixel} times the mean absolute difference from the
 * real image.
 *
 * <p>Each sample has the image fields {@code a} and {@code b}. Each direction has its own generator
 * and its own discriminator.
 *
 * @param translator of the generators
 * @param channels of the images
 * @param directions one or both
 * @param adversary of each generator
 * @param pixel λ, 0 or more
 * @param arithmetic changes the passes of all networks, such as {@link Pass#mixed}
 */
public record PairedTask(
    Translator translator,
    int channels,
    List<Direction> directions,
    Adversary adversary,
    float pixel,
    UnaryOperator<Pass> arithmetic)
    implements Task {
  public PairedTask {
    directions = List.copyOf(directions);
    TrainingException.require(!directions.isEmpty(), "expected a direction, found none");
    TrainingException.require(
        pixel >= 0, "the weight of the pixel loss must be 0 or more, found " + pixel);
  }

  @Override
  public List<String> fields(String source) {
    return List.of(Direction.A_TO_B.to());
  }

  @Override
  public TaskNetworks create(Variables variables) {
    Map<Direction, ImagePlayers> all = new LinkedHashMap<>();
    for (Direction direction : directions) {
      Variables own = variables.named(direction.function());
      all.put(
          direction,
          new ImagePlayers(
              translator.create(own),
              adversary.discriminator(2 * channels).create(own),
              translator.form(),
              arithmetic));
    }
    return new Networks(this, all);
  }

  private record Networks(PairedTask task, Map<Direction, ImagePlayers> all)
      implements TaskNetworks {
    @Override
    public List<Variable<TFloat32>> variables(Owner player) {
      return ImagePlayers.variables(all.values(), player);
    }

    @Override
    public Losses losses(Ops tf, Point at, Draw draw, Mode mode) {
      Batch pair = draw.fields(tf, DATA);
      List<Losses> each = new ArrayList<>();
      for (Direction direction : task.directions) {
        each.add(losses(tf, at, draw, mode, direction, pair));
      }
      return Means.of(tf, each);
    }

    private Losses losses(Ops tf, Point at, Draw draw, Mode mode, Direction direction, Batch pair) {
      ImagePlayers players = all.get(direction);
      Operand<TFloat32> from = pair.floats(direction.from());
      Operand<TFloat32> truth = pair.floats(direction.to());
      Weights g = at.generator();
      Operand<TFloat32> made =
          draw.shared(
              direction.function(),
              g,
              () -> players.made(tf, g, from, draw.pass(Owner.GENERATOR, Mode.UPDATE)));
      Pass pass = draw.pass(Owner.DISCRIMINATOR, mode);
      Weights d = at.discriminator();
      Operand<TFloat32> real = players.judged(tf, d, both(tf, from, truth), pass);
      Operand<TFloat32> fake = players.judged(tf, d, both(tf, from, made), pass);
      Adversary.Terms terms = task.adversary.terms(tf, draw, real, fake);
      Operand<TFloat32> pixel = Differences.absolute(tf, truth, made);
      Map<String, Operand<TFloat32>> meters = new LinkedHashMap<>();
      meters.put(TranslationMeters.PIXEL, Differences.levels(tf, truth, made));
      meters.putAll(Adversary.meters(tf, real, fake));
      return new Losses(
          tf.math.add(terms.generator(), tf.math.mul(tf.constant(task.pixel), pixel)),
          terms.discriminator(),
          meters);
    }

    /** What a discriminator is shown: an image and its partner. */
    private static Operand<TFloat32> both(Ops tf, Operand<TFloat32> from, Operand<TFloat32> to) {
      return tf.concat(List.of(from, to), tf.constant(3));
    }

    /** For each direction a row of inputs, a row of outputs and a row of real images. */
    @Override
    public Operand<TFloat32> preview(Ops tf, Weights averaged, Shown shown) {
      Weights weights = Statistics.with(tf, averaged, variables(Owner.GENERATOR));
      Batch pair = shown.fixed().batch(tf, DATA, shown.count());
      List<Operand<TFloat32>> rows = new ArrayList<>();
      for (Direction direction : task.directions) {
        Operand<TFloat32> from = pair.floats(direction.from());
        rows.add(from);
        rows.add(all.get(direction).made(tf, weights, from, Pass.inference()));
        rows.add(pair.floats(direction.to()));
      }
      return tf.concat(rows, tf.constant(0));
    }

    @Override
    public List<TaskFunction> functions() {
      return task.directions.stream()
          .map(direction -> all.get(direction).function(direction.function()))
          .toList();
    }

    /** The peak signal-to-noise ratio and the absolute difference of fixed pairs. */
    @Override
    public Map<String, Operand<TFloat32>> probe(Ops tf, ProbeInputs inputs) {
      Map<String, Operand<TFloat32>> meters = new LinkedHashMap<>();
      if (inputs.fixed().isEmpty()) {
        return meters;
      }
      Batch pair = inputs.fixed().batch(tf, DATA, Integer.MAX_VALUE);
      Weights weights = Statistics.with(tf, inputs.averaged(), variables(Owner.GENERATOR));
      for (Direction direction : task.directions) {
        Operand<TFloat32> from = pair.floats(direction.from());
        Operand<TFloat32> truth = pair.floats(direction.to());
        Operand<TFloat32> made = all.get(direction).made(tf, weights, from, Pass.inference());
        String name = direction.function();
        meters.put(name + "_" + TranslationMeters.RATIO, Differences.decibels(tf, truth, made));
        meters.put(name + "_" + TranslationMeters.PIXEL, Differences.levels(tf, truth, made));
      }
      return meters;
    }
  }
}
