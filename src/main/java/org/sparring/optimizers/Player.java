package org.sparring.optimizers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparring.graph.Gradients;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * One player of the game: the variables it may move and the Adam state it moves them with. It
 * differentiates with respect to its own list only, so its step cannot touch the other's weights.
 *
 * <p>The powers of the decays are computed from the count of updates, which is written after every
 * variable has moved: kept as variables and advanced unordered (as the framework's Adam does), they
 * make the first steps a matter of chance.
 */
public final class Player {
  private final Adam adam;
  private final List<Variable<TFloat32>> variables;
  private final List<Variable<TFloat32>> trainable;
  private final List<Variable<TFloat32>> first = new ArrayList<>();
  private final List<Variable<TFloat32>> second = new ArrayList<>();
  private final Variable<TInt64> updates;

  /**
   * @param made where the slots are made
   * @param owner whose step this is
   * @param variables all that the player's network reads, batch statistics included
   */
  public Player(Variables made, Owner owner, List<Variable<TFloat32>> variables, Adam adam) {
    this.adam = adam;
    this.variables = List.copyOf(variables);
    this.trainable = variables.stream().filter(Variable::trainable).toList();
    for (Variable<TFloat32> v : trainable) {
      OptimizerException.require(
          v.owner() == owner, owner + " cannot move " + v.name() + ", which is not its own");
      first.add(made.state(Owner.RUN, "adam/" + v.name() + "/m", v.shape(), 0));
      second.add(made.state(Owner.RUN, "adam/" + v.name() + "/v", v.shape(), 0));
    }
    updates = made.counter(Owner.RUN, "adam/" + owner.prefix() + "/updates");
  }

  /** Reads the player's weights where the control dependencies of {@code tf} put the reads. */
  public Weights read(Ops tf) {
    return Weights.read(tf, variables);
  }

  /**
   * Reads each weight behind its own write: a network's first layers need not wait until the last
   * ones have moved.
   *
   * @param writes of a step; variables that it did not write are read where {@code tf} puts them
   */
  public Weights read(Ops tf, Map<Variable<TFloat32>, Op> writes) {
    Map<Variable<TFloat32>, Operand<TFloat32>> values = new LinkedHashMap<>();
    for (Variable<TFloat32> v : variables) {
      Op write = writes.get(v);
      values.put(v, v.read(write == null ? tf : tf.withControlDependencies(List.of(write))));
    }
    return Weights.of(values);
  }

  /** d loss / d each trainable variable at the given weights. */
  public List<Operand<TFloat32>> gradients(Ops tf, Operand<TFloat32> loss, Weights weights) {
    return Gradients.of(tf, loss, weights.get(trainable));
  }

  /**
   * One player's step.
   *
   * @param done when every variable, slot and the count are written
   * @param writes each variable's own: who needs one variable need not wait for all
   */
  public record Step(Op done, Map<Variable<TFloat32>, Op> writes) {}

  /** One Adam step on the loss from the given weights. */
  public Step move(Ops tf, Operand<TFloat32> loss, Weights weights) {
    return apply(tf, gradients(tf, loss, weights));
  }

  /** One Adam step along given gradients, in the order of the trainable variables. */
  public Step apply(Ops tf, List<Operand<TFloat32>> gradients) {
    Operand<TInt64> count = updates.read(tf);
    Operand<TFloat32> rate = adam.rate().at(tf, count);
    Operand<TFloat32> beta1 = tf.constant(adam.beta1());
    Operand<TFloat32> beta2 = tf.constant(adam.beta2());
    Operand<TFloat32> t = tf.dtypes.cast(tf.math.add(count, tf.constant(1L)), TFloat32.class);
    Operand<TFloat32> power1 = tf.math.pow(beta1, t);
    Operand<TFloat32> power2 = tf.math.pow(beta2, t);
    Operand<TFloat32> epsilon = tf.constant(adam.epsilon());
    Map<Variable<TFloat32>, Op> writes = new LinkedHashMap<>();
    for (int i = 0; i < trainable.size(); i++) {
      writes.put(
          trainable.get(i),
          tf.train.resourceApplyAdam(
              trainable.get(i).handle(),
              first.get(i).handle(),
              second.get(i).handle(),
              power1,
              power2,
              rate,
              beta1,
              beta2,
              epsilon,
              gradients.get(i)));
    }
    Op done =
        updates.add(tf.withControlDependencies(List.copyOf(writes.values())), tf.constant(1L));
    return new Step(done, writes);
  }
}
