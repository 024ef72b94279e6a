package org.sparring.distributed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.sparring.graph.Variable;
import org.sparring.replicas.Replica;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Gives the variables of all processes the values that they have in the leading one. The values of
 * one type travel as one tensor.
 */
final class Broadcast {
  private static final int GROUP = 1;

  private final Ops tf;
  private final Replica replica;
  private final IntSupplier keys;
  private final List<Op> writes = new ArrayList<>();
  private Op last;

  private Broadcast(Ops tf, Replica replica, IntSupplier keys) {
    this.tf = tf;
    this.replica = replica;
    this.keys = keys;
  }

  /** Sends or receives the variables of a graph. */
  static void run(Graph graph, List<Variable<?>> variables, Session session, ClusterServer server) {
    Broadcast all =
        new Broadcast(
            Ops.create(graph).withSubScope("broadcast"), server.replica(), server::nextKey);
    all.add(variables, TFloat32.class);
    all.add(variables, TInt64.class);
    Session.Runner runner = session.runner();
    all.writes.forEach(runner::addTarget);
    runner.run().close();
  }

  private <T extends TNumber> void add(List<Variable<?>> variables, Class<T> type) {
    List<Variable<T>> chosen = new ArrayList<>();
    List<Operand<T>> flat = new ArrayList<>();
    int count = 0;
    for (Variable<?> any : variables) {
      if (any.type() == type) {
        @SuppressWarnings("unchecked") // its type was compared
        Variable<T> variable = (Variable<T>) any;
        chosen.add(variable);
        flat.add(tf.reshape(variable.read(tf), tf.constant(new int[] {-1})));
        count += Math.toIntExact(variable.shape().size());
      }
    }
    if (!chosen.isEmpty()) {
      assign(chosen, shared(tf.concat(flat, tf.constant(0)), type, count));
    }
  }

  /** The leading process's values, (count). */
  private <T extends TNumber> Operand<T> shared(Operand<T> own, Class<T> type, int count) {
    boolean sends = replica.rank() == 0;
    Ops behind = last == null ? tf : tf.withControlDependencies(List.of(last));
    OperationBuilder op =
        behind
            .scope()
            .opBuilder(sends ? "CollectiveBcastSendV2" : "CollectiveBcastRecvV2", "Values");
    if (sends) {
      op.addInput(own.asOutput());
    }
    op.addInput(tf.constant(replica.count()).asOutput());
    op.addInput(tf.constant(GROUP).asOutput());
    op.addInput(tf.constant(keys.getAsInt()).asOutput());
    if (!sends) {
      op.addInput(tf.constant(new int[] {count}).asOutput());
      op.setAttr("T", own.asOutput().dataType());
    }
    Operand<T> values = op.build().output(0).expect(type);
    last = values;
    return values;
  }

  private <T extends TNumber> void assign(List<Variable<T>> variables, Operand<T> values) {
    int from = 0;
    for (Variable<T> variable : variables) {
      int count = Math.toIntExact(variable.shape().size());
      Operand<T> part =
          tf.slice(values, tf.constant(new int[] {from}), tf.constant(new int[] {count}));
      Operand<T> value = tf.reshape(part, tf.constant(variable.shape().asArray()));
      if (replica.rank() > 0) {
        writes.add(variable.assign(tf, value));
      }
      from += count;
    }
    writes.add(values);
  }
}
