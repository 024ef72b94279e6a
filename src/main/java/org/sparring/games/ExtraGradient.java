package org.sparring.games;

import java.util.List;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Extra-gradient: both players make a look-ahead step along the gradient at ω, and then update ω
 * along the gradient at the look-ahead point (Gidel et al. 2019, arXiv 1802.10551, equations 14 and
 * 15). With Adam it is their ExtraAdam, algorithm 4: the moments take part in both halves, and a
 * step counts as two updates.
 *
 * <p>In the variant from the past (the same paper, equation 16) the look-ahead step uses the stored
 * gradient at the previous look-ahead point: one gradient per step instead of two.
 *
 * <p>On the bilinear game min θ max φ of θφ with gradient descent of rate η a step of the first
 * variant multiplies the distance to the equilibrium by √(1 − η² + η⁴).
 *
 * @param fromThePast whether the look-ahead step uses the previous gradient
 */
public record ExtraGradient(boolean fromThePast) implements GameRule {
  private static final String PAST = "past";

  @Override
  public Move step(Ops tf, Game game) {
    Weights g = game.generator().read(tf);
    Weights d = game.discriminator().read(tf);
    return fromThePast ? fromThePast(tf, game, g, d) : extrapolated(tf, game, g, d);
  }

  @Override
  public int draws() {
    return fromThePast ? 1 : 2;
  }

  private static Move extrapolated(Ops tf, Game game, Weights g, Weights d) {
    Pulls here = Pulls.at(tf, game, new Point(g, d), 0);
    Half gHalf = Half.of(tf, game.generator(), g, here.generator(tf));
    Half dHalf = Half.of(tf, game.discriminator(), d, here.discriminator(tf));
    Pulls ahead = Pulls.at(tf, game, new Point(gHalf.point, dHalf.point), 1);
    Player.Step gStep = gHalf.moved(tf, ahead.generator(tf));
    Player.Step dStep = dHalf.moved(tf, ahead.discriminator(tf));
    return new Move(gStep, dStep, here.losses());
  }

  private static Move fromThePast(Ops tf, Game game, Weights g, Weights d) {
    Half gHalf = Half.ofPast(tf, game.generator(), g);
    Half dHalf = Half.ofPast(tf, game.discriminator(), d);
    Pulls ahead = Pulls.at(tf, game, new Point(gHalf.point, dHalf.point), 0);
    List<Operand<TFloat32>> gGradients = ahead.generator(tf);
    List<Operand<TFloat32>> dGradients = ahead.discriminator(tf);
    Player.Step gStep = gHalf.remembering(tf, gHalf.moved(tf, gGradients), gGradients);
    Player.Step dStep = dHalf.remembering(tf, dHalf.moved(tf, dGradients), dGradients);
    return new Move(gStep, dStep, ahead.losses());
  }

  /**
   * A player after its look-ahead step.
   *
   * @param from ω, the weights before the look-ahead step
   * @param point the weights after it
   * @param state of the optimizer after it
   */
  private record Half(Player player, Weights from, Weights point, Player.Ahead state) {
    static Half of(Ops tf, Player player, Weights from, List<Operand<TFloat32>> gradients) {
      Player.Ahead state = player.ahead(tf, player.start(tf), gradients);
      return new Half(player, from, player.descended(tf, from, state.descents()), state);
    }

    static Half ofPast(Ops tf, Player player, Weights from) {
      return of(tf, player, from, Memory.read(tf, player.memory(PAST)));
    }

    /** Updates {@code from} along the gradients at the look-ahead point. */
    Player.Step moved(Ops tf, List<Operand<TFloat32>> gradients) {
      Player.Ahead state = player.ahead(tf, this.state, gradients);
      return player.write(tf, player.descended(tf, from, state.descents()), state);
    }

    Player.Step remembering(Ops tf, Player.Step step, List<Operand<TFloat32>> gradients) {
      return Memory.write(tf, player.memory(PAST), gradients, step);
    }
  }
}
