package org.sparring.distributed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.sparring.graph.Collectives;
import org.sparring.replicas.Exchange;
import org.sparring.replicas.Replica;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Combines values over the processes of a cluster by TensorFlow's collective ops. All values of a
 * call are packed into one tensor, because each collective op has its own latency.
 *
 * <p>One exchange belongs to one graph.
 */
final class CollectiveExchange implements Exchange {
  private final Replica replica;
  private final Collectives collectives;

  /**
   * @param replica this process among those of the cluster
   * @param keys numbers of the collective ops
   * @param ordered whether each collective op waits for the one before
   */
  CollectiveExchange(Replica replica, IntSupplier keys, boolean ordered) {
    this.replica = replica;
    collectives = new Collectives(replica.count(), replica.rank(), keys, ordered);
  }

  @Override
  public Replica replica() {
    return replica;
  }

  @Override
  public List<Operand<TFloat32>> means(Ops tf, List<Operand<TFloat32>> own) {
    return replica.isSingle() ? own : packed(tf, own);
  }

  private List<Operand<TFloat32>> packed(Ops tf, List<Operand<TFloat32>> own) {
    Operand<TFloat32> share = tf.constant(1f / replica.count());
    List<Operand<TFloat32>> flat = new ArrayList<>();
    own.forEach(value -> flat.add(tf.reshape(value, tf.constant(new int[] {-1}))));
    Operand<TFloat32> all = flat.size() == 1 ? flat.get(0) : tf.concat(flat, tf.constant(0));
    Operand<TFloat32> mean = tf.math.mul(collectives.sum(tf, all), share);
    List<Operand<TFloat32>> means = new ArrayList<>();
    int from = 0;
    for (Operand<TFloat32> value : own) {
      Shape shape = value.shape();
      int count = Math.toIntExact(shape.size());
      Operand<TFloat32> part =
          tf.slice(mean, tf.constant(new int[] {from}), tf.constant(new int[] {count}));
      means.add(tf.reshape(part, tf.constant(shape.asArray())));
      from += count;
    }
    return means;
  }

  @Override
  public Operand<TFloat32> all(Ops tf, Operand<TFloat32> own) {
    if (replica.isSingle()) {
      return Exchange.NONE.all(tf, own);
    }
    return collectives.all(tf, own);
  }

  @Override
  public Collectives collectives() {
    return collectives;
  }

  @Override
  public void anotherForm() {
    collectives.startChain();
  }
}
