package org.example;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sparring.games.Losses;
import org.sparring.games.Mode;
import org.sparring.games.Point;
import org.sparring.graph.Batch;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Pass;
import org.sparring.nets.Generator;
import org.sparring.nets.Input;
import org.sparring.nets.LayeredGenerator;
import org.sparring.nets.PictureForm;
import org.sparring.tasks.Draw;
import org.sparring.tasks.Shown;
import org.sparring.tasks.Task;
import org.sparring.tasks.TaskFunction;
import org.sparring.tasks.TaskNetworks;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Three functions from pictures to pictures, as small as they can be: {@code upscale} of colours,
 * ×2 with a reach of 2; {@code a_to_b} of colours, with two strides of 2; and {@code b_to_a} of
 * grey, which subtracts the mean of the whole picture. Trained to return their own input.
 */
public record PictureMaps() implements Task {
  private static final int WIDTH = 4;
  private static final String PICTURE = "picture";

  /** The functions' forms, by name. */
  public static final Map<String, PictureForm> FORMS =
      Map.of(
          "upscale", new PictureForm(2, 1, 2),
          "a_to_b", new PictureForm(1, 4, 12),
          "b_to_a", new PictureForm(1, 1, PictureForm.WHOLE));

  @Override
  public TaskNetworks create(Variables variables) {
    return new Nets(
        upscale(layers(variables, Owner.GENERATOR, "up")),
        strided(layers(variables, Owner.GENERATOR, "ab")),
        centred(layers(variables, Owner.GENERATOR, "ba")),
        centred(layers(variables, Owner.DISCRIMINATOR, "d")));
  }

  private static Layers layers(Variables variables, Owner owner, String name) {
    return new Layers(variables.named(name), owner, Initializer.normal(0.3f));
  }

  private static Generator upscale(Layers layers) {
    Layer net =
        layers
            .filter("in", 3, 3, WIDTH)
            .then(Layers.relu())
            .then(layers.filter("out", 3, WIDTH, 3 * 4))
            .then((tf, w, x, pass) -> tf.nn.depthToSpace(x, 2L))
            .then(Layers.tanh());
    return generator(net, 3, layers);
  }

  private static Generator strided(Layers layers) {
    List<Long> block = List.of(1L, 4L, 4L, 1L);
    Layer net =
        layers
            .filter("in", 3, 3, WIDTH)
            .then(Layers.relu())
            .then((tf, w, x, pass) -> tf.nn.avgPool(x, block, block, "VALID"))
            .then(layers.filter("middle", 3, WIDTH, WIDTH))
            .then(Layers.relu())
            .then(layers.filter("out", 3, WIDTH, 3 * 16))
            .then((tf, w, x, pass) -> tf.nn.depthToSpace(x, 4L))
            .then(Layers.tanh());
    return generator(net, 3, layers);
  }

  private static Generator centred(Layers layers) {
    Layer net =
        layers
            .filter("in", 3, 1, 1)
            .then(
                (tf, w, x, pass) ->
                    tf.math.sub(
                        x,
                        tf.math.mean(
                            x,
                            tf.constant(new int[] {1, 2}),
                            org.tensorflow.op.math.Mean.keepDims(true))));
    return generator(net, 1, layers);
  }

  private static Generator generator(Layer net, int channels, Layers layers) {
    Input input = Input.floats(PICTURE, Shape.of(16, 16, channels));
    return new LayeredGenerator(net, input, Shape.of(16, 16, channels), layers.variables());
  }

  private record Nets(Generator up, Generator ab, Generator ba, Generator judge)
      implements TaskNetworks {

    @Override
    public List<Variable<TFloat32>> variables(Owner player) {
      return player == Owner.GENERATOR
          ? Stream.of(up, ab, ba).flatMap(g -> g.variables().stream()).toList()
          : judge.variables();
    }

    @Override
    public Losses losses(Ops tf, Point at, Draw draw, Mode mode) {
      Weights g = at.generator();
      Operand<TFloat32> grey = draw.reals(tf);
      Operand<TFloat32> colour = tf.concat(List.of(grey, grey, grey), tf.constant(3));
      Operand<TFloat32> loss =
          tf.math.addN(
              List.of(
                  square(tf, colour, made(tf, ab, g, colour)),
                  square(tf, grey, made(tf, ba, g, grey)),
                  energy(tf, made(tf, up, g, colour))));
      Operand<TFloat32> other = square(tf, grey, made(tf, judge, at.discriminator(), grey));
      return new Losses(loss, other, Map.of());
    }

    private static Operand<TFloat32> made(
        Ops tf, Generator net, Weights weights, Operand<TFloat32> from) {
      return net.generate(tf, weights, Batch.of(PICTURE, from), Pass.training());
    }

    private static Operand<TFloat32> square(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
      return energy(tf, tf.math.sub(a, b));
    }

    private static Operand<TFloat32> energy(Ops tf, Operand<TFloat32> x) {
      return tf.math.mean(tf.math.square(x), tf.constant(new int[] {0, 1, 2, 3}));
    }

    @Override
    public Operand<TFloat32> preview(Ops tf, Weights g, Shown shown) {
      int[] shape = {shown.count(), 16, 16, 1};
      return made(tf, ba, g, tf.zeros(tf.constant(shape), TFloat32.class));
    }

    @Override
    public List<TaskFunction> functions() {
      return List.of(
          TaskFunction.of("upscale", up, "large", FORMS.get("upscale")),
          TaskFunction.of("a_to_b", ab, "b", FORMS.get("a_to_b")),
          TaskFunction.of("b_to_a", ba, "a", FORMS.get("b_to_a")));
    }
  }
}
