package org.sparring.tasks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sparring.batches.RealSamples;
import org.sparring.games.Game;
import org.sparring.games.Losses;
import org.sparring.games.Mode;
import org.sparring.games.Move;
import org.sparring.games.Player;
import org.sparring.games.Point;
import org.sparring.graph.Seeds;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/** A task as game rules see it, in one form of the step. */
public final class TaskGame implements Game {
  private final GameSetup setup;
  private final Players players;
  private final StepDraws draws;

  /**
   * @param sources real samples by the names of {@link Task#sources}
   * @param seeds of the run
   * @param step steps done before this one, scalar
   * @param form of the step
   */
  public TaskGame(
      GameSetup setup,
      Players players,
      Map<String, RealSamples> sources,
      Seeds seeds,
      Operand<TInt64> step,
      StepForm form) {
    this.setup = setup;
    this.players = players;
    draws = new StepDraws(setup, sources, seeds, step, form);
  }

  @Override
  public Player generator() {
    return players.generator();
  }

  @Override
  public Player discriminator() {
    return players.discriminator();
  }

  @Override
  public Losses at(Ops tf, Point point, int draw, Mode mode) {
    return players.networks().losses(tf, point, draws.draw(draw), mode);
  }

  /**
   * Writes after both players have moved: running statistics, and the task's own state.
   *
   * @param move the step that a rule has built of this game
   */
  public List<Op> afterStep(Ops tf, Move move) {
    Ops then = tf.withControlDependencies(move.done());
    List<Op> writes = new ArrayList<>(statistics(then));
    writes.addAll(draws.writes(then));
    writes.addAll(players.networks().afterStep(then, move.losses(), setup.images()));
    return writes;
  }

  /** Writes of the running statistics that the evaluations so far have moved. */
  List<Op> statistics(Ops tf) {
    return draws.statistics(tf);
  }

  /** The draws of this form of the step. */
  StepDraws draws() {
    return draws;
  }
}
