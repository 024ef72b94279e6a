package org.sparring.tasks;

import java.util.function.Function;
import java.util.function.Supplier;
import org.sparring.augmentations.Dice;
import org.sparring.games.Mode;
import org.sparring.graph.Batch;
import org.sparring.graph.Owner;
import org.sparring.graph.Weights;
import org.sparring.layers.Noise;
import org.sparring.layers.Pass;
import org.sparring.replicas.Exchange;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * The minibatch and the noise of one evaluation of the losses. Everything is a function of the
 * run's seed, the step and the number of the draw, so that a resumed run reads what an
 * uninterrupted one would have read.
 */
public final class Draw {
  private final StepDraws step;
  private final int number;

  Draw(StepDraws step, int number) {
    this.step = step;
    this.number = number;
  }

  /** Samples in a minibatch on this replica. */
  public int batch() {
    return step.batch();
  }

  /** Real samples of a task with one source, (batch, sample shape). */
  public Operand<TFloat32> reals(Ops tf) {
    return reals(tf, Task.DATA);
  }

  /** Real samples of a source: its first field, (batch, sample shape). */
  public Operand<TFloat32> reals(Ops tf, String source) {
    Batch fields = fields(tf, source);
    return fields.floats(fields.names().iterator().next());
  }

  /**
   * The fields of a source by their names: the first, and those that {@link Task#fields} names.
   * Each is (batch, field shape); images in [−1, 1], classes and tokens as int32.
   */
  public Batch fields(Ops tf, String source) {
    return step.fields(tf, source, number);
  }

  /** Random numbers for the latent vectors of this draw. */
  public RandomRows latents(Ops tf) {
    return step.latents(tf, number);
  }

  /** Further random numbers: each call of a step has its own. */
  public RandomRows random(Ops tf, String purpose) {
    return step.random(tf, purpose);
  }

  /** Random numbers of an augmentation: each call of a step has its own. */
  public Dice dice(String purpose) {
    return step.dice(purpose);
  }

  /** How the devices that share the minibatch combine what is coupled over its samples. */
  public Exchange exchange() {
    return step.exchange();
  }

  /** Steps that the run has made before this one, int64 scalar on the host. */
  public Operand<TInt64> stepsDone() {
    return step.stepsDone();
  }

  /** The phase that the run is in. */
  public Phase phase() {
    return step.phase();
  }

  /**
   * Adds a write of the task's own state to the step.
   *
   * @param write built when both players have moved; its ops follow theirs
   */
  public void afterStep(Function<Ops, Op> write) {
    step.afterStep(write);
  }

  /** Whether a term is computed in this step: always, unless {@link Task#lazyTerms} names it. */
  public boolean isDue(String term) {
    return step.isDue(term);
  }

  /**
   * Returns how a player's networks are evaluated. The generator's running statistics are always
   * updated, the discriminator's only if the mode says so.
   */
  public Pass pass(Owner player, Mode mode) {
    boolean records = player == Owner.GENERATOR || mode.isRecording();
    Pass pass = records ? step.pass(player) : step.training();
    return pass.with(new Noise(this::random));
  }

  /**
   * Evaluates something once for each point and draw of a step: generated samples that both players
   * see are generated once.
   *
   * @param name of what is evaluated
   * @param at weights that it depends on
   */
  public <T> T shared(String name, Weights at, Supplier<T> evaluated) {
    return step.shared(name, at, number, evaluated);
  }
}
