package org.sparring.training;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sparring.batches.Sources;
import org.sparring.games.GameRule;
import org.sparring.games.GeneratorAlone;
import org.sparring.games.Move;
import org.sparring.graph.Host;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variable;
import org.sparring.optimizers.WeightAverage;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.Phase;
import org.sparring.tasks.Players;
import org.sparring.tasks.StepForm;
import org.sparring.tasks.TaskGame;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/**
 * Builds the forms of a step: in each phase one for each set of lazy terms that can be due
 * together.
 *
 * @param average of the generator
 * @param counter of steps done
 * @param votes of several devices
 */
record StepBuilder(
    GameSetup setup,
    Players players,
    Sources sources,
    Seeds seeds,
    WeightAverage average,
    Variable<TInt64> counter,
    Optional<StopVotes> votes) {

  Steps steps(Ops tf) {
    List<PhaseSteps> phases = new ArrayList<>();
    List<Phase> all = setup.task().phases();
    long last = 0;
    for (Phase phase : all) {
      boolean isLast = phases.size() == all.size() - 1;
      last = isLast ? Long.MAX_VALUE : Math.addExact(last, phase.steps());
      boolean isFirst = phases.isEmpty();
      phases.add(phase(isFirst ? tf : tf.withSubScope(phase.name()), phase, last, isFirst));
    }
    return new Steps(phases);
  }

  private PhaseSteps phase(Ops tf, Phase phase, long last, boolean isFirst) {
    Map<String, Integer> lazy = setup.task().lazyTerms();
    Map<Set<String>, Step> forms = new LinkedHashMap<>();
    for (Set<String> due : PhaseSteps.dueSets(lazy)) {
      if (!forms.isEmpty() || !isFirst) {
        sources.anotherForm();
      }
      setup.exchange().anotherForm();
      boolean all = due.size() == lazy.size();
      StepForm form = new StepForm(phase, due);
      forms.put(due, step(all ? tf : tf.withSubScope(scope(due)), form));
    }
    return new PhaseSteps(forms, lazy, last);
  }

  private static String scope(Set<String> due) {
    return due.isEmpty() ? "plain" : "plain_" + String.join("_", due);
  }

  /** Players and statistics, each average after its weight, and the counter after all of them. */
  private Step step(Ops tf, StepForm form) {
    Operand<TInt64> before = counter.read(Host.of(tf));
    TaskGame game = new TaskGame(setup, players, sources.byName(), seeds, before, form);
    GameRule rule = form.phase().generatorAlone() ? new GeneratorAlone() : setup.rule();
    Move own = rule.step(tf, game);
    StepMeters meters = StepMeters.of(tf, own.losses(), votes, setup.exchange());
    Move move = new Move(own.generator(), own.discriminator(), meters.losses());
    List<Op> moved = new ArrayList<>(move.done());
    // after the players, which must read the statistics from before the step
    moved.addAll(game.afterStep(tf, move));
    moved.addAll(average.update(tf, before, move.generator().writes()));
    Ops host = Host.of(tf);
    Op done =
        counter.add(host.withControlDependencies(moved).withName("step.done"), host.constant(1L));
    return new Step(done, meters.values(), meters.names());
  }
}
