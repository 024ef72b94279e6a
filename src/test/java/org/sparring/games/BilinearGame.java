package org.sparring.games;

import java.util.List;
import java.util.Optional;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.optimizers.Optimizer;
import org.sparring.optimizers.WeightClip;
import org.sparring.replicas.Exchange;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** min over θ, max over φ of s·θφ: the smallest game that turns in circles. */
final class BilinearGame implements Game {
  static final float THETA = 0.75f;
  static final float PHI = -0.5f;

  final Variable<TFloat32> theta;
  final Variable<TFloat32> phi;
  private final Player generator;
  private final Player discriminator;

  BilinearGame(ScratchGraph graph, Optimizer optimizer, Optional<WeightClip> clip) {
    theta = graph.variables().weight(Owner.GENERATOR, "theta", 1, THETA);
    phi = graph.variables().weight(Owner.DISCRIMINATOR, "phi", 1, PHI);
    generator = new Player(graph.variables(), Owner.GENERATOR, List.of(theta), optimizer);
    discriminator =
        new Player(
            graph.variables(),
            Owner.DISCRIMINATOR,
            List.of(phi),
            optimizer,
            new Bounds(clip, 0),
            Exchange.NONE);
  }

  /** (θ, φ) after each step of a rule. */
  static double[][] path(GameRule rule, Optimizer optimizer, int steps) {
    return path(rule, optimizer, Optional.empty(), steps);
  }

  /** The same with a clipped discriminator. */
  static double[][] clippedPath(GameRule rule, Optimizer optimizer, WeightClip clip, int steps) {
    return path(rule, optimizer, Optional.of(clip), steps);
  }

  private static double[][] path(
      GameRule rule, Optimizer optimizer, Optional<WeightClip> clip, int steps) {
    try (ScratchGraph graph = new ScratchGraph()) {
      BilinearGame game = new BilinearGame(graph, optimizer, clip);
      Ops tf = graph.tf();
      Op step = tf.withControlDependencies(rule.step(tf, game).done()).noOp();
      List<Operand<TFloat32>> reads = List.of(game.theta.read(tf), game.phi.read(tf));
      graph.initialize();
      double[][] path = new double[steps][];
      for (int i = 0; i < steps; i++) {
        graph.run(step);
        List<float[]> now = graph.floats(reads);
        path[i] = new double[] {now.get(0)[0], now.get(1)[0]};
      }
      return path;
    }
  }

  @Override
  public Player generator() {
    return generator;
  }

  @Override
  public Player discriminator() {
    return discriminator;
  }

  @Override
  public Losses at(Ops tf, Point point, int draw, Mode mode) {
    Operand<TFloat32> made = tf.identity(point.generator().get(theta));
    Operand<TFloat32> value =
        tf.sum(tf.math.mul(point.discriminator().get(phi), made), tf.constant(0));
    return new Losses(value, tf.math.neg(value));
  }
}
