package org.sparring.games;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.Gradients;
import org.sparring.graph.Host;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.optimizers.Optimizer;
import org.sparring.replicas.Exchange;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * One player of the game: its variables and its optimizer. It differentiates only with respect to
 * its own variables, so its step cannot change the other player's weights.
 *
 * <p>The number of updates is written after all variables.
 */
public final class Player {
  private final Variables made;
  private final Optimizer optimizer;
  private final Exchange exchange;
  private final Bounds bounds;
  private final List<Variable<TFloat32>> variables;
  private final List<Variable<TFloat32>> trainable;
  private final List<List<Variable<TFloat32>>> slots = new ArrayList<>();
  private final Map<String, List<Variable<TFloat32>>> memories = new HashMap<>();
  private final Variable<TInt64> updates;

  /** Creates a player on one device without bounds. */
  public Player(
      Variables made, Owner owner, List<Variable<TFloat32>> variables, Optimizer optimizer) {
    this(made, owner, variables, optimizer, Bounds.NONE, Exchange.NONE);
  }

  /**
   * @param made creates the slots
   * @param owner the player
   * @param variables all variables that the player's network reads, including batch statistics
   * @param bounds bounds on the updates
   * @param exchange averages gradients over the devices of the run
   */
  public Player(
      Variables made,
      Owner owner,
      List<Variable<TFloat32>> variables,
      Optimizer optimizer,
      Bounds bounds,
      Exchange exchange) {
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
    updates = made.hostCounter(Owner.RUN, "adam/" + owner.prefix() + "/updates");
  }

  /**
   * Returns the variables that the player updates; all lists of gradients and values have this
   * order.
   */
  public List<Variable<TFloat32>> trainable() {
    return trainable;
  }

  /**
   * Returns the number of updates so far, scalar, read after the control dependencies of {@code
   * tf}.
   */
  public Operand<TInt64> updates(Ops tf) {
    return updates.read(Host.of(tf));
  }

  /** Reads the player's weights after the control dependencies of {@code tf}. */
  public Weights read(Ops tf) {
    return Weights.read(tf, variables);
  }

  /**
   * Reads each weight after its own write, so that a network's first layers need not wait until the
   * last layers are updated.
   *
   * @param writes writes of a step; all other variables are read after the control dependencies of
   *     {@code tf}
   */
  public Weights read(Ops tf, Map<Variable<TFloat32>, Op> writes) {
    Map<Variable<TFloat32>, Operand<TFloat32>> values = new LinkedHashMap<>();
    for (Variable<TFloat32> v : variables) {
      Op write = writes.get(v);
      values.put(v, v.read(write == null ? tf : tf.withControlDependencies(List.of(write))));
    }
    return Weights.of(values);
  }

  /**
   * Returns the gradients of the loss with respect to each trainable variable at the given weights,
   * as the mean over all replicas.
   */
  public List<Operand<TFloat32>> gradients(Ops tf, Operand<TFloat32> loss, Weights weights) {
    return mean(tf, ownGradients(tf, loss, weights));
  }

  /** Returns the gradients on this replica, without averaging over the replicas. */
  List<Operand<TFloat32>> ownGradients(Ops tf, Operand<TFloat32> loss, Weights weights) {
    return Gradients.of(tf, loss, weights.get(trainable));
  }

  /**
   * Returns the gradients on this replica, with zeros for variables that the loss does not depend
   * on.
   */
  List<Operand<TFloat32>> ownGradientsWhereDependent(
      Ops tf, Operand<TFloat32> loss, Weights weights) {
    return Gradients.whereDependent(tf, loss, weights.get(trainable));
  }

  /** Returns the mean of gradients over all replicas; on one device the gradients themselves. */
  List<Operand<TFloat32>> mean(Ops tf, List<Operand<TFloat32>> own) {
    return exchange.means(tf, own);
  }

  /**
   * Returns the values that the optimizer's last update subtracted, computed from its slots; empty
   * if the slots do not determine them. If a rule partly reverts an update, the result does not
   * reflect that.
   */
  public Optional<List<Operand<TFloat32>>> lastDescents(Ops tf) {
    Ops host = Host.of(tf);
    Optimizer.Update last = optimizer.at(tf, host.math.sub(updates.read(host), host.constant(1L)));
    List<Operand<TFloat32>> descents = new ArrayList<>();
    for (List<Variable<TFloat32>> each : slots) {
      last.descent(tf, Memory.read(tf, each)).ifPresent(descents::add);
    }
    return descents.isEmpty() ? Optional.empty() : Optional.of(descents);
  }

  /**
   * Returns a variable for each trainable variable in which a rule stores a value, initially 0.
   * They are part of checkpoints; the same name returns the same variables.
   */
  List<Variable<TFloat32>> memory(String name) {
    return memories.computeIfAbsent(
        name, n -> trainable.stream().map(v -> zeros("game", v, n)).toList());
  }

  /** Returns such variables, initialised with copies of the trainable variables. */
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
   * @param done op after which every variable, slot and the number of updates are written
   * @param writes the write of each variable, so that a reader of one variable need not wait for
   *     all
   * @param updates number of updates that the optimizer counts for this step
   */
  public record Step(Op done, Map<Variable<TFloat32>, Op> writes, int updates) {}

  /** Builds one optimizer step on the loss, evaluated at the given weights. */
  public Step move(Ops tf, Operand<TFloat32> loss, Weights weights) {
    return apply(tf, gradients(tf, loss, weights));
  }

  /** Builds one optimizer step along the given gradients, applied in place. */
  public Step apply(Ops tf, List<Operand<TFloat32>> gradients) {
    Optimizer.Update update = optimizer.at(tf, updates(tf));
    List<MovedTogether> parts = MovedTogether.of(trainable, slots);
    List<Operand<TFloat32>> joined = parts.stream().map(p -> p.joined(tf, gradients)).toList();
    List<Operand<TFloat32>> bounded = bounds.bounded(tf, joined);
    Map<Variable<TFloat32>, Op> writes = new LinkedHashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      MovedTogether part = parts.get(i);
      Op moved = update.apply(tf, part.whole(), part.slots(), bounded.get(i));
      Op write = clipped(tf, part.whole(), moved);
      part.indices().forEach(index -> writes.put(trainable.get(index), write));
    }
    return new Step(counted(tf, List.copyOf(writes.values()), 1), writes, 1);
  }

  /** Returns the state of the optimizer in this step, before any update. */
  Ahead start(Ops tf) {
    List<List<Operand<TFloat32>>> state = new ArrayList<>();
    slots.forEach(each -> state.add(Memory.read(tf, each)));
    return new Ahead(List.of(), state, updates(tf), 0);
  }

  /**
   * A sequence of updates that are computed but not yet written.
   *
   * @param descents values that the last update subtracts from each variable
   * @param slots slots of each variable after the last update
   * @param count number of updates of the run after the last update
   * @param taken number of updates since the start of the step
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
    Ops host = Host.of(tf);
    Operand<TInt64> next = host.math.add(from.count(), host.constant(1L));
    return new Ahead(descents, state, next, from.taken() + 1);
  }

  /** Returns weights − descents as a new point, without writing anything. */
  Weights descended(Ops tf, Weights weights, List<Operand<TFloat32>> descents) {
    Map<Variable<TFloat32>, Operand<TFloat32>> values = new LinkedHashMap<>();
    for (int i = 0; i < trainable.size(); i++) {
      Variable<TFloat32> v = trainable.get(i);
      values.put(v, tf.math.sub(weights.get(v), descents.get(i)));
    }
    return weights.with(values);
  }

  /** Writes a point, the slots, and the number of the updates that led to the point. */
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
    Ops host = Host.of(tf);
    return updates.add(host.withControlDependencies(writes), host.constant(taken));
  }

  private Op clipped(Ops tf, Variable<TFloat32> v, Op moved) {
    Ops then = tf.withControlDependencies(List.of(moved));
    return bounds.weights().<Op>map(c -> v.assign(then, c.of(then, v.read(then)))).orElse(moved);
  }

  private Variable<TFloat32> zeros(String group, Variable<TFloat32> v, String slot) {
    return made.zeros(Owner.RUN, group + "/" + v.name() + "/" + slot, v);
  }
}
