package org.sparring.games;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.Gradients;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.optimizers.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * One player of the game: the variables it may move and the optimizer it moves them with. It
 * differentiates with respect to its own list only, so its step cannot touch the other's weights.
 *
 * <p>The count of updates is written after every variable has moved.
 */
public final class Player {
  private final Variables made;
  private final Optimizer optimizer;
  private final GradientExchange exchange;
  private final Bounds bounds;
  private final List<Variable<TFloat32>> variables;
  private final List<Variable<TFloat32>> trainable;
  private final List<List<Variable<TFloat32>>> slots = new ArrayList<>();
  private final Map<String, List<Variable<TFloat32>>> memories = new HashMap<>();
  private final Variable<TInt64> updates;

  /** A player on one device whose updates are free. */
  public Player(
      Variables made, Owner owner, List<Variable<TFloat32>> variables, Optimizer optimizer) {
    this(made, owner, variables, optimizer, Bounds.NONE, GradientExchange.NONE);
  }

  /**
   * @param made where the slots are made
   * @param owner whose step this is
   * @param variables all that the player's network reads, batch statistics included
   * @param bounds of its updates
   * @param exchange averages gradients over the devices of the run
   */
  public Player(
      Variables made,
      Owner owner,
      List<Variable<TFloat32>> variables,
      Optimizer optimizer,
      Bounds bounds,
      GradientExchange exchange) {
    this.exchange = exchange;
    this.made = made;
    this.optimizer = optimizer;
    this.bounds = bounds;
    this.variables = List.copyOf(variables);
    this.trainable = variables.stream().filter(Variable::trainable).toList();
    for (Variable<TFloat32> v : trainable) {
      OptimizerException.require(
          v.owner() == owner, owner + " cannot move " + v.name() + ", which is not its own");
      slots.add(optimizer.slots().stream().map(slot -> zeros("adam", v, slot)).toList());
    }
    updates = made.counter(Owner.RUN, "adam/" + owner.prefix() + "/updates");
  }

  /** What the player moves, in the order of every list of gradients and values here. */
  public List<Variable<TFloat32>> trainable() {
    return trainable;
  }

  /** Updates made so far, scalar, read where {@code tf} puts it. */
  public Operand<TInt64> updates(Ops tf) {
    return updates.read(tf);
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

  /** d loss / d each trainable variable at the given weights, the mean over all replicas. */
  public List<Operand<TFloat32>> gradients(Ops tf, Operand<TFloat32> loss, Weights weights) {
    return mean(tf, ownGradients(tf, loss, weights));
  }

  /** Returns the gradients on this replica alone, without the mean. */
  List<Operand<TFloat32>> ownGradients(Ops tf, Operand<TFloat32> loss, Weights weights) {
    return Gradients.of(tf, loss, weights.get(trainable));
  }

  /**
   * Returns the gradients on this replica alone, with zeros where the loss does not depend on a
   * variable.
   */
  List<Operand<TFloat32>> ownGradientsWhereDependent(
      Ops tf, Operand<TFloat32> loss, Weights weights) {
    return Gradients.whereDependent(tf, loss, weights.get(trainable));
  }

  /** The mean of gradients over all replicas; the gradients themselves on one device. */
  List<Operand<TFloat32>> mean(Ops tf, List<Operand<TFloat32>> own) {
    return exchange.mean(tf, own);
  }

  /**
   * Returns what the optimizer's last update subtracted, computed from its slots; empty if the
   * slots do not determine it. If a rule takes part of an update back, the result does not show
   * that.
   */
  public Optional<List<Operand<TFloat32>>> lastDescents(Ops tf) {
    Optimizer.Update last = optimizer.at(tf, tf.math.sub(updates.read(tf), tf.constant(1L)));
    List<Operand<TFloat32>> descents = new ArrayList<>();
    for (List<Variable<TFloat32>> each : slots) {
      last.descent(tf, Memory.read(tf, each)).ifPresent(descents::add);
    }
    return descents.isEmpty() ? Optional.empty() : Optional.of(descents);
  }

  /**
   * Returns a rule's memory of each trainable variable, initially 0. It is part of checkpoints; the
   * same name returns the same memory.
   */
  List<Variable<TFloat32>> memory(String name) {
    return memories.computeIfAbsent(
        name, n -> trainable.stream().map(v -> zeros("game", v, n)).toList());
  }

  /**
   * Returns a rule's memory of each trainable variable, initialised with a copy of the variable.
   */
  List<Variable<TFloat32>> copies(String name) {
    return memories.computeIfAbsent(
        name,
        n ->
            trainable.stream()
                .map(v -> made.copy(Owner.RUN, "game/" + v.name() + "/" + n, v))
                .toList());
  }

  /**
   * One player's step.
   *
   * @param done when every variable, slot and the count are written
   * @param writes each variable's own: who needs one variable need not wait for all
   * @param updates that the optimizer counts for it
   */
  public record Step(Op done, Map<Variable<TFloat32>, Op> writes, int updates) {}

  /** One optimizer step on the loss from the given weights. */
  public Step move(Ops tf, Operand<TFloat32> loss, Weights weights) {
    return apply(tf, gradients(tf, loss, weights));
  }

  /** One optimizer step along given gradients, written in place. */
  public Step apply(Ops tf, List<Operand<TFloat32>> gradients) {
    Operand<TInt64> count = updates.read(tf);
    Optimizer.Update update = optimizer.at(tf, count);
    List<Operand<TFloat32>> bounded = bounds.bounded(tf, gradients);
    Map<Variable<TFloat32>, Op> writes = new LinkedHashMap<>();
    for (int i = 0; i < trainable.size(); i++) {
      Variable<TFloat32> v = trainable.get(i);
      writes.put(v, clipped(tf, v, update.apply(tf, v, slots.get(i), bounded.get(i))));
    }
    return new Step(counted(tf, List.copyOf(writes.values()), 1), writes, 1);
  }

  /** Returns the state of the optimizer in this step, before any update. */
  Ahead start(Ops tf) {
    List<List<Operand<TFloat32>>> state = new ArrayList<>();
    slots.forEach(each -> state.add(Memory.read(tf, each)));
    return new Ahead(List.of(), state, updates.read(tf), 0);
  }

  /**
   * A sequence of updates that are computed and not yet written.
   *
   * @param descents what the last update subtracts from each variable
   * @param slots of each variable after it
   * @param count of updates after it
   * @param taken updates since the start of the step
   */
  record Ahead(
      List<Operand<TFloat32>> descents,
      List<List<Operand<TFloat32>>> slots,
      Operand<TInt64> count,
      int taken) {}

  /** Computes the next update from a state of the optimizer, without writing it. */
  Ahead ahead(Ops tf, Ahead from, List<Operand<TFloat32>> gradients) {
    Optimizer.Update update = optimizer.at(tf, from.count());
    List<Operand<TFloat32>> bounded = bounds.bounded(tf, gradients);
    List<Operand<TFloat32>> descents = new ArrayList<>();
    List<List<Operand<TFloat32>>> state = new ArrayList<>();
    for (int i = 0; i < trainable.size(); i++) {
      Optimizer.Change change = update.of(tf, bounded.get(i), from.slots().get(i));
      descents.add(change.descent());
      state.add(change.slots());
    }
    Operand<TInt64> next = tf.math.add(from.count(), tf.constant(1L));
    return new Ahead(descents, state, next, from.taken() + 1);
  }

  /** weights − descents: another point, nothing is written. */
  Weights descended(Ops tf, Weights weights, List<Operand<TFloat32>> descents) {
    Map<Variable<TFloat32>, Operand<TFloat32>> values = new LinkedHashMap<>();
    for (int i = 0; i < trainable.size(); i++) {
      Variable<TFloat32> v = trainable.get(i);
      values.put(v, tf.math.sub(weights.get(v), descents.get(i)));
    }
    return weights.with(values);
  }

  /** Writes a point, the slots and the count of the updates that led there. */
  Step write(Ops tf, Weights point, Ahead state) {
    Map<Variable<TFloat32>, Op> writes = new LinkedHashMap<>();
    List<Op> all = new ArrayList<>();
    for (int i = 0; i < trainable.size(); i++) {
      Variable<TFloat32> v = trainable.get(i);
      Operand<TFloat32> value = point.get(v);
      writes.put(v, v.assign(tf, bounds.weights().map(c -> c.of(tf, value)).orElse(value)));
      all.addAll(Memory.assign(tf, slots.get(i), state.slots().get(i)));
    }
    all.addAll(writes.values());
    return new Step(counted(tf, all, state.taken()), writes, state.taken());
  }

  private Op counted(Ops tf, List<Op> writes, long taken) {
    return updates.add(tf.withControlDependencies(writes), tf.constant(taken));
  }

  private Op clipped(Ops tf, Variable<TFloat32> v, Op moved) {
    Ops then = tf.withControlDependencies(List.of(moved));
    return bounds.weights().<Op>map(c -> v.assign(then, c.of(then, v.read(then)))).orElse(moved);
  }

  private Variable<TFloat32> zeros(String group, Variable<TFloat32> v, String slot) {
    return made.state(Owner.RUN, group + "/" + v.name() + "/" + slot, v.shape(), 0);
  }
}
