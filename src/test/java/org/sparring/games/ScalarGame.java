package org.sparring.games;

import java.util.List;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.optimizers.Adam;
import org.sparring.optimizers.AdamRecursion;
import org.sparring.optimizers.LearningRate;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A game small enough to be played by hand: G(z) = θz, D(x) = φx, the discriminator minimises f − r
 * + .1(f² + r²) and the generator −f + .05f² with r = φx and f = φθz. Draw i has its own x and z.
 */
final class ScalarGame implements Game {
  static final Adam ADAM = new Adam(LearningRate.constant(0.2f), 0.5f, 0.75f, 1);
  static final float[] REALS = {1, 0.5f, -0.75f};
  static final float[] NOISE = {0.75f, -1.25f, 1.5f, 0.625f};
  static final float THETA = 0.5f;
  static final float PHI = -0.25f;

  final Variable<TFloat32> theta;
  final Variable<TFloat32> phi;
  private final Player generator;
  private final Player discriminator;
  private int consulted;

  ScalarGame(ScratchGraph graph) {
    theta = graph.variables().weight(Owner.GENERATOR, "theta", 1, THETA);
    phi = graph.variables().weight(Owner.DISCRIMINATOR, "phi", 1, PHI);
    generator = new Player(graph.variables(), Owner.GENERATOR, List.of(theta), ADAM);
    discriminator = new Player(graph.variables(), Owner.DISCRIMINATOR, List.of(phi), ADAM);
  }

  /** How often the generator asked the discriminator. */
  int consulted() {
    return consulted;
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
  public Samples reals(Ops tf, int draw) {
    return new Samples(tf.constant(new float[] {REALS[draw]}));
  }

  @Override
  public Samples fakes(Ops tf, Weights weights, int draw) {
    return new Samples(tf.math.mul(weights.get(theta), tf.constant(NOISE[draw])));
  }

  @Override
  public DiscriminatorOutputs judge(Ops tf, Weights weights, Samples reals, Samples fakes) {
    return new DiscriminatorOutputs(
        tf.math.mul(weights.get(phi), reals.values()),
        tf.math.mul(weights.get(phi), fakes.values()));
  }

  @Override
  public DiscriminatorOutputs rehearse(Ops tf, Weights weights, Samples reals, Samples fakes) {
    return judge(tf, weights, reals, fakes);
  }

  @Override
  public DiscriminatorOutputs consult(Ops tf, Weights weights, Samples reals, Samples fakes) {
    consulted++;
    return judge(tf, weights, reals, fakes);
  }

  @Override
  public Operand<TFloat32> discriminatorLoss(Ops tf, DiscriminatorOutputs verdict) {
    Operand<TFloat32> difference = tf.math.sub(verdict.fake(), verdict.real());
    Operand<TFloat32> squares =
        tf.math.add(tf.math.square(verdict.fake()), tf.math.square(verdict.real()));
    return scalar(tf, tf.math.add(difference, tf.math.mul(tf.constant(0.1f), squares)));
  }

  @Override
  public Operand<TFloat32> generatorLoss(Ops tf, DiscriminatorOutputs verdict) {
    Operand<TFloat32> square = tf.math.mul(tf.constant(0.05f), tf.math.square(verdict.fake()));
    return scalar(tf, tf.math.sub(square, verdict.fake()));
  }

  private static Operand<TFloat32> scalar(Ops tf, Operand<TFloat32> one) {
    return tf.sum(one, tf.constant(0));
  }

  /** The same game in double: each method is one derivative or loss by hand. */
  static final class ByHand {
    private final AdamRecursion theta = new AdamRecursion(THETA, 0.5, 0.75, 1);
    private final AdamRecursion phi = new AdamRecursion(PHI, 0.5, 0.75, 1);

    double theta() {
      return theta.value();
    }

    double phi() {
      return phi.value();
    }

    double discriminatorLoss(int draw) {
      double r = phi.value() * REALS[draw];
      double f = phi.value() * theta.value() * NOISE[draw];
      return f - r + 0.1 * (f * f + r * r);
    }

    double generatorLoss(double phiAsked, int draw) {
      double f = phiAsked * theta.value() * NOISE[draw];
      return -f + 0.05 * f * f;
    }

    /** d/dφ = θz − x + .2(f·θz + r·x). */
    void moveDiscriminator(int draw) {
      double x = REALS[draw];
      double fake = theta.value() * NOISE[draw];
      phi.step(0.2f, fake - x + 0.2 * phi.value() * (fake * fake + x * x));
    }

    /** d/dθ = (−1 + .1f)·φz, the discriminator at a given φ. */
    void moveGenerator(double phiAsked, int draw) {
      double slope = phiAsked * NOISE[draw];
      theta.step(0.2f, (-1 + 0.1 * slope * theta.value()) * slope);
    }
  }
}
