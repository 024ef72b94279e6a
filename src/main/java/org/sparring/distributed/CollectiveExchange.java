package org.sparring.distributed;

import java.util.ArrayList;
import java.util.List;
import org.sparring.games.GradientExchange;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Averages gradients over the processes of a cluster by TensorFlow's collective all-reduce. All
 * gradients of a call are packed into one tensor, because each collective has a latency of its own,
 * and each call waits for the one before, because two processes that begin their collectives in
 * different orders wait for each other forever.
 *
 * <p>One exchange belongs to one graph: every process makes the same calls in the same order.
 */
public final class CollectiveExchange implements GradientExchange {
  private static final int GROUP = 1;

  /** The larger of two keys that TensorFlow takes for one op each. */
  private static final int FIRST_KEY = 1;

  private final int size;
  private int calls;
  private Operand<TFloat32> last;

  /**
   * @param size processes of the cluster
   */
  public CollectiveExchange(int size) {
    this.size = size;
  }

  @Override
  public List<Operand<TFloat32>> mean(Ops tf, List<Operand<TFloat32>> own) {
    if (size == 1) {
      return own;
    }
    List<Operand<TFloat32>> flat = new ArrayList<>();
    own.forEach(g -> flat.add(tf.reshape(g, tf.constant(new int[] {-1}))));
    Ops behind = last == null ? tf : tf.withControlDependencies(List.of(last));
    last = reduced(behind, tf.concat(flat, tf.constant(0)), FIRST_KEY + calls++);
    List<Operand<TFloat32>> mean = new ArrayList<>();
    int from = 0;
    for (Operand<TFloat32> gradient : own) {
      Shape shape = gradient.shape();
      int count = Math.toIntExact(shape.size());
      Operand<TFloat32> part =
          tf.slice(last, tf.constant(new int[] {from}), tf.constant(new int[] {count}));
      mean.add(tf.reshape(part, tf.constant(shape.asArray())));
      from += count;
    }
    return mean;
  }

  private Operand<TFloat32> reduced(Ops tf, Operand<TFloat32> packed, int key) {
    OperationBuilder builder =
        tf.scope()
            .opBuilder("CollectiveReduceV2", tf.scope().makeOpName("Exchange"))
            .addInput(packed.asOutput())
            .addInput(tf.constant(size).asOutput())
            .addInput(tf.constant(GROUP).asOutput())
            .addInput(tf.constant(key).asOutput())
            .addInputList(new Output<?>[0]);
    Operation reduce =
        builder.setAttr("merge_op", "Add").setAttr("final_op", "Div").build();
    return reduce.output(0);
  }
}
