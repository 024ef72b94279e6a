package org.sparring.tasks;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.sparring.augmentations.Dice;
import org.sparring.batches.RealSamples;
import org.sparring.graph.Batch;
import org.sparring.graph.Host;
import org.sparring.graph.Owner;
import org.sparring.graph.Seeds;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.replicas.Exchange;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/** The draws of one form of the step, and the tensors that its evaluations share. */
final class StepDraws {
  private static final String NOISE = "noise";

  private final GameSetup setup;
  private final Map<String, RealSamples> sources;
  private final Seeds seeds;
  private final Operand<TInt64> step;
  private final StepForm form;
  private final List<Function<Ops, Op>> writes = new ArrayList<>();
  private final Map<Owner, Pass> passes = new EnumMap<>(Owner.class);
  private final Map<Shared, Object> shared = new HashMap<>();
  private final Map<String, Integer> keys = new HashMap<>();

  /** Weights are compared by identity: two points are two evaluations. */
  private record Shared(String name, Weights at, int draw) {}

  /**
   * @param sources by their names
   * @param step steps done before this one, scalar
   * @param form of the step
   */
  StepDraws(
      GameSetup setup,
      Map<String, RealSamples> sources,
      Seeds seeds,
      Operand<TInt64> step,
      StepForm form) {
    this.setup = setup;
    this.sources = sources;
    this.seeds = seeds;
    this.step = step;
    this.form = form;
    passes.put(Owner.GENERATOR, together(Pass.recording()));
    passes.put(Owner.DISCRIMINATOR, together(Pass.recording()));
  }

  private Pass together(Pass pass) {
    if (setup.replica().isSingle() || !setup.task().sharesMoments()) {
      return pass;
    }
    Pass shared = pass.with(setup.exchange());
    return setup.rule().differentiatesGradients() ? shared.full() : shared;
  }

  Exchange exchange() {
    return setup.exchange();
  }

  Operand<TInt64> stepsDone() {
    return step;
  }

  Phase phase() {
    return form.phase();
  }

  void afterStep(Function<Ops, Op> write) {
    writes.add(write);
  }

  /** Writes of the task's state; to be built when the rule has built its step. */
  List<Op> writes(Ops tf) {
    return writes.stream().map(write -> write.apply(tf)).toList();
  }

  /** A pass that records nothing. */
  Pass training() {
    return together(Pass.training());
  }

  Draw draw(int number) {
    return new Draw(this, number);
  }

  /** Writes of the running statistics; to be built when the rule has built its step. */
  List<Op> statistics(Ops tf) {
    List<Op> writes = new ArrayList<>();
    passes.values().forEach(pass -> writes.addAll(pass.writes(tf)));
    return writes;
  }

  int batch() {
    return setup.batch();
  }

  Batch fields(Ops tf, String source, int number) {
    int draw = minibatch(number);
    return shared(
        "fields " + source, null, draw, () -> sources.get(source).batch(tf, position(tf, draw)));
  }

  RandomRows latents(Ops tf, int number) {
    // one number more than there are real minibatches, for noise of the generator alone
    long numbers = setup.rule().draws() + 1L;
    Ops host = Host.of(tf);
    Operand<TInt64> counted =
        host.math.add(host.math.mul(step, host.constant(numbers)), host.constant((long) number));
    return new RandomRows(seeds.counted(tf, NOISE, counted), setup.replica());
  }

  RandomRows random(Ops tf, String purpose) {
    return new RandomRows(seeds.counted(tf, numbered(purpose), step), setup.replica());
  }

  Dice dice(String purpose) {
    return new Dice(seeds, numbered(purpose), step, setup.replica());
  }

  boolean isDue(String term) {
    return !setup.task().lazyTerms().containsKey(term) || form.due().contains(term);
  }

  Pass pass(Owner player) {
    return passes.get(player);
  }

  @SuppressWarnings("unchecked") // one name is of one type
  <T> T shared(String name, Weights at, int number, Supplier<T> evaluated) {
    Shared key = new Shared(name, at, number);
    T found = (T) shared.get(key);
    if (found == null) {
      found = evaluated.get();
      shared.put(key, found);
    }
    return found;
  }

  private String numbered(String purpose) {
    return purpose + (keys.merge(purpose, 1, Integer::sum) - 1);
  }

  /** Further noise of a step uses the labels of its last real minibatch. */
  private int minibatch(int number) {
    return Math.min(number, setup.rule().draws() - 1);
  }

  /** Where the real minibatch of a draw begins in the run, scalar. */
  private Operand<TInt64> position(Ops tf, int draw) {
    Ops host = Host.of(tf);
    Operand<TInt64> first = host.math.mul(step, host.constant(setup.images()));
    long offset = setup.replica().offset(draw, setup.batch());
    return host.math.add(first, host.constant(offset));
  }
}
