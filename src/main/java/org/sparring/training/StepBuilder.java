package org.sparring.training;

import java.util.ArrayList;
import java.util.List;
import org.sparring.batches.RealSamples;
import org.sparring.games.Move;
import org.sparring.graph.Host;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.optimizers.WeightAverage;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.PairGame;
import org.sparring.tasks.Players;
import org.sparring.tasks.Regularization;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/**
 * Builds the forms of a step.
 *
 * @param average of the generator
 * @param counter of steps done
 */
record StepBuilder(
    GameSetup contest,
    Players players,
    RealSamples samples,
    Seeds seeds,
    WeightAverage average,
    Variable<TInt64> counter) {

  Steps steps(Ops tf) {
    Regularization regularization = contest.regularization();
    Step regularized = step(tf, true);
    if (!regularization.isLazy()) {
      return new Steps(regularized, regularized, 1);
    }
    samples.anotherForm();
    return new Steps(regularized, step(tf.withSubScope("plain"), false), regularization.every());
  }

  /** Players and statistics, each average behind its weight, and the count behind all of them. */
  private Step step(Ops tf, boolean regularized) {
    Operand<TInt64> before = counter.read(Host.of(tf));
    PairGame game = new PairGame(contest, players, samples, seeds, before, regularized);
    Move move = contest.rule().step(tf, game);
    List<Op> moved = new ArrayList<>(move.done());
    // behind the players: what they consult is the state that the step began with
    moved.addAll(game.statistics(tf.withControlDependencies(move.done())));
    moved.addAll(
        players
            .augmenter()
            .update(tf.withControlDependencies(move.done()), move.verdict(), contest.images()));
    moved.addAll(average.update(tf, before, move.generator().writes()));
    Ops host = Host.of(tf);
    Op done =
        counter.add(host.withControlDependencies(moved).withName("step.done"), host.constant(1L));
    return new Step(done, StepMeters.of(tf, move));
  }
}
