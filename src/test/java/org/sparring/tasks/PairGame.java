package org.sparring.tasks;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sparring.batches.RealSamples;
import org.sparring.games.Game;
import org.sparring.games.Losses;
import org.sparring.games.Mode;
import org.sparring.games.Player;
import org.sparring.games.Point;
import org.sparring.graph.Seeds;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/** A game of a {@link PairTask} of which a test sees the samples, too. */
public final class PairGame implements Game {
  private final TaskGame game;
  private final PairNetworks networks;
  private final Players players;

  /**
   * @param step steps done, scalar
   * @param regularized whether the penalty is due
   */
  public PairGame(
      GameSetup setup,
      Players players,
      RealSamples samples,
      Seeds seeds,
      Operand<TInt64> step,
      boolean regularized) {
    Set<String> due = regularized ? Set.of(PairTask.PENALTY) : Set.of();
    game = new TaskGame(setup, players, Map.of(Task.DATA, samples), seeds, step, StepForm.of(due));
    networks = (PairNetworks) players.networks();
    this.players = players;
  }

  @Override
  public Player generator() {
    return game.generator();
  }

  @Override
  public Player discriminator() {
    return game.discriminator();
  }

  @Override
  public Losses at(Ops tf, Point point, int draw, Mode mode) {
    return game.at(tf, point, draw, mode);
  }

  /** At the players' weights. */
  public Losses here(Ops tf, Mode mode) {
    return at(tf, new Point(generator().read(tf), discriminator().read(tf)), 0, mode);
  }

  public Players players() {
    return players;
  }

  public Samples reals(Ops tf, int draw) {
    return networks.reals(tf, game.draws().draw(draw));
  }

  public Samples fakes(Ops tf, Weights generator, int draw) {
    return networks.fakes(tf, generator, game.draws().draw(draw));
  }

  public List<Op> statistics(Ops tf) {
    return game.statistics(tf);
  }
}
