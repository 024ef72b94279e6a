package org.example;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sparring.games.Losses;
import org.sparring.games.Mode;
import org.sparring.games.Point;
import org.sparring.graph.Batch;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.losses.NonSaturating;
import org.sparring.nets.Discriminator;
import org.sparring.nets.Generator;
import org.sparring.nets.Input;
import org.sparring.nets.Latent;
import org.sparring.nets.Mlp;
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
 * Two generators that map points of source x to points of source y and back, each with a
 * discriminator, held together by a cycle loss (Zhu et al. 2017, arXiv 1703.10593, equation 3).
 *
 * @param weight λ of the cycle loss
 */
public record PointCycle(float weight) implements Task {
  private static final Shape POINT = Shape.of(2);
  private static final Input FROM = Input.floats("point", POINT);

  @Override
  public List<String> sources() {
    return List.of("x", "y");
  }

  @Override
  public TaskNetworks create(Variables variables) {
    Mlp mlp = new Mlp(POINT, 32, 2, 2); // from points to points
    return new Nets(
        weight,
        mlp.generator(variables.named("xy"), FROM),
        mlp.generator(variables.named("yx"), FROM),
        mlp.discriminator(variables.named("x")),
        mlp.discriminator(variables.named("y")));
  }

  private record Nets(float weight, Generator xy, Generator yx, Discriminator x, Discriminator y)
      implements TaskNetworks {

    @Override
    public List<Variable<TFloat32>> variables(Owner player) {
      return player == Owner.GENERATOR
          ? Stream.of(xy, yx).flatMap(g -> g.variables().stream()).toList()
          : Stream.of(x, y).flatMap(d -> d.variables().stream()).toList();
    }

    @Override
    public Losses losses(Ops tf, Point at, Draw draw, Mode mode) {
      Weights g = at.generator();
      Operand<TFloat32> realX = draw.reals(tf, "x");
      Operand<TFloat32> realY = draw.reals(tf, "y");
      Operand<TFloat32> fakeY = made(tf, xy, g, realX);
      Operand<TFloat32> fakeX = made(tf, yx, g, realY);
      Losses onX = pair(tf, x, at.discriminator(), realX, fakeX);
      Losses onY = pair(tf, y, at.discriminator(), realY, fakeY);
      Operand<TFloat32> cycle =
          tf.math.add(
              distance(tf, realX, made(tf, yx, g, fakeY)),
              distance(tf, realY, made(tf, xy, g, fakeX)));
      Operand<TFloat32> fooling = tf.math.add(onX.generator(), onY.generator());
      return new Losses(
          tf.math.add(fooling, tf.math.mul(tf.constant(weight), cycle)),
          tf.math.add(onX.discriminator(), onY.discriminator()),
          Map.of("g_cycle", cycle));
    }

    private static Operand<TFloat32> made(
        Ops tf, Generator net, Weights g, Operand<TFloat32> from) {
      return net.generate(tf, g, Batch.of("point", from), Pass.training());
    }

    private static Losses pair(
        Ops tf, Discriminator net, Weights d, Operand<TFloat32> real, Operand<TFloat32> fake) {
      Operand<TFloat32> r = net.judge(tf, d, real, Pass.training());
      Operand<TFloat32> f = net.judge(tf, d, fake, Pass.training());
      NonSaturating loss = new NonSaturating();
      return new Losses(loss.generator(tf, r, f), loss.discriminator(tf, r, f));
    }

    /** Mean L1 distance. */
    private static Operand<TFloat32> distance(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
      return tf.math.mean(tf.math.abs(tf.math.sub(a, b)), tf.constant(new int[] {0, 1}));
    }

    @Override
    public Operand<TFloat32> preview(Ops tf, Weights g, Shown shown) {
      Latent normal = new Latent(2, Latent.Distribution.NORMAL);
      return made(tf, xy, g, normal.sample(tf, shown.count(), shown.seeds().once(tf, "preview")));
    }

    @Override
    public List<TaskFunction> functions() {
      return List.of(TaskFunction.of("x_to_y", xy, "y"), TaskFunction.of("y_to_x", yx, "x"));
    }
  }
}
