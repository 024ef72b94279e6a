package org.sparring.graph;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Sums over the devices that train together, by TensorFlow's collective all-reduce. All devices
 * build the same ops in the same order.
 *
 * <p>Each sum waits for the one before: two devices that begin their sums in different orders could
 * wait for each other forever. {@link #startChain} ends this, for ops that run without the earlier
 * ones.
 *
 * <p>Gradient: each device j has its own loss L_j and its own copies of the weights. Of y = Σ_k
 * x_k, the derivative of Σ_j L_j by x_k is Σ_j ∂L_j/∂y, which is again such a sum. A gradient that
 * is then averaged over the devices is therefore the gradient of the mean loss by the common
 * weights.
 */
public final class CollectiveSums {
  /** The op whose gradient this class gives. */
  static final String TYPE = "CollectiveReduceV2";

  private static final String MAKER = "_sums";
  private static final int GROUP = 1;

  private static final List<WeakReference<CollectiveSums>> ALL = new ArrayList<>();

  private final int devices;
  private final IntSupplier keys;
  private final int number;
  private Op last;

  /**
   * @param devices that train together
   * @param keys gives each sum a number that no other collective op of this process has, because
   *     TensorFlow remembers the shape of each
   */
  public CollectiveSums(int devices, IntSupplier keys) {
    this.devices = devices;
    this.keys = keys;
    synchronized (ALL) {
      number = ALL.size();
      ALL.add(new WeakReference<>(this));
    }
  }

  /** Returns the sum of the devices' values, of the same shape, on each of them. */
  public Operand<TFloat32> of(Ops tf, Operand<TFloat32> own) {
    Ops behind = last == null ? tf : tf.withControlDependencies(List.of(last));
    Operation sum =
        behind
            .scope()
            .opBuilder(TYPE, "SumOverDevices")
            .addInput(own.asOutput())
            .addInput(tf.constant(devices).asOutput())
            .addInput(tf.constant(GROUP).asOutput())
            .addInput(tf.constant(keys.getAsInt()).asOutput())
            .addInputList(new Output<?>[0])
            .setAttr("merge_op", "Add")
            .setAttr("final_op", "Id")
            .setAttr(MAKER, number)
            .build();
    Output<TFloat32> total = sum.output(0);
    last = total;
    return total;
  }

  /** Lets the next sum begin without waiting for the sums so far. */
  public void startChain() {
    last = null;
  }

  static List<Operand<?>> gradients(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    CollectiveSums maker;
    synchronized (ALL) {
      maker = ALL.get(Math.toIntExact(op.attributes().getAttrInt(MAKER))).get();
    }
    if (maker == null) {
      throw new IllegalStateException("the sums of this graph are no longer in use");
    }
    Operand<?>[] byInput = new Operand<?>[op.numInputs()];
    byInput[0] = maker.of(tf, upstream.get(0).expect(TFloat32.class));
    return Arrays.asList(byInput);
  }
}
