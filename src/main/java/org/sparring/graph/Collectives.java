package org.sparring.graph;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * TensorFlow's collective ops, by which devices that train together combine their values. All
 * devices build the same ops in the same order.
 *
 * <p>Among GPUs each op waits for the one before, because NCCL waits forever if two devices begin
 * its calls in different orders. {@link #startChain} ends this, for ops that run without the
 * earlier ones. Among CPUs TensorFlow matches the ops by their numbers, so that any order will do.
 *
 * <p>Gradients: each device j has its own loss L_j and its own copies of the weights. Of y = Σ_k
 * x_k, the derivative of Σ_j L_j by x_k is Σ_j ∂L_j/∂y, which is again a sum over the devices. A
 * gradient that is then averaged over the devices is therefore the gradient of the mean loss by the
 * common weights.
 */
public final class Collectives {
  /** Ops whose gradients this class gives. */
  static final String SUM = "CollectiveReduceV2";

  static final String GATHER = "CollectiveGatherV2";

  private static final String MAKER = "_collectives";
  private static final int GROUP = 1;
  private static final List<WeakReference<Collectives>> ALL = new ArrayList<>();

  private final int devices;
  private final int rank;
  private final IntSupplier keys;
  private final boolean ordered;
  private final int number;
  private Op last;

  /**
   * @param devices that train together
   * @param rank of this one, from 0
   * @param keys gives each op a number that no other collective op of this process has, because
   *     TensorFlow remembers the shape of each
   * @param ordered whether each op waits for the one before
   */
  public Collectives(int devices, int rank, IntSupplier keys, boolean ordered) {
    this.devices = devices;
    this.rank = rank;
    this.keys = keys;
    this.ordered = ordered;
    synchronized (ALL) {
      number = ALL.size();
      ALL.add(new WeakReference<>(this));
    }
  }

  /** Returns the sum of the devices' values, of the same shape, on each of them. */
  public Operand<TFloat32> sum(Ops tf, Operand<TFloat32> own) {
    Output<TFloat32> total =
        builder(tf, SUM, own)
            .setAttr("merge_op", "Add")
            .setAttr("final_op", "Id")
            .build()
            .output(0);
    last = total;
    return total;
  }

  /**
   * The same, faster for few values, such as two for each channel: a reduction passes the devices
   * twice, a gathering once.
   */
  Operand<TFloat32> sumOfFew(Ops tf, Operand<TFloat32> own) {
    return tf.sum(all(tf, own), tf.constant(0));
  }

  /** Returns the values of all devices in the order of their ranks, (devices, shape). */
  public Operand<TFloat32> all(Ops tf, Operand<TFloat32> own) {
    Output<TFloat32> all =
        builder(tf, GATHER, tf.expandDims(own, tf.constant(0))).build().output(0);
    last = all;
    return all;
  }

  private OperationBuilder builder(Ops tf, String type, Operand<TFloat32> own) {
    Ops behind = ordered && last != null ? tf.withControlDependencies(List.of(last)) : tf;
    return behind
        .scope()
        .opBuilder(type, "Devices")
        .addInput(own.asOutput())
        .addInput(tf.constant(devices).asOutput())
        .addInput(tf.constant(GROUP).asOutput())
        .addInput(tf.constant(keys.getAsInt()).asOutput())
        .addInputList(new Output<?>[0])
        .setAttr(MAKER, number);
  }

  /** Lets the next op begin without waiting for those so far. */
  public void startChain() {
    last = null;
  }

  int number() {
    return number;
  }

  int devices() {
    return devices;
  }

  static Collectives numbered(int number) {
    synchronized (ALL) {
      Collectives found = ALL.get(number).get();
      if (found == null) {
        throw new IllegalStateException("the collective ops of this graph are no longer in use");
      }
      return found;
    }
  }

  private static Collectives maker(GraphOperation op) {
    return numbered(Math.toIntExact(op.attributes().getAttrInt(MAKER)));
  }

  static List<Operand<?>> gradientsOfSum(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    return first(op, maker(op).sum(tf, upstream.get(0).expect(TFloat32.class)));
  }

  /** Of all the gradients by all rows, a device needs the sum of those by its own row. */
  static List<Operand<?>> gradientsOfAll(Ops tf, GraphOperation op, List<Output<?>> upstream) {
    Collectives maker = maker(op);
    Operand<TFloat32> sum = maker.sum(tf, upstream.get(0).expect(TFloat32.class));
    return first(op, tf.gather(sum, tf.constant(new int[] {maker.rank}), tf.constant(0)));
  }

  /** The gradient by the first input; the others are numbers. */
  private static List<Operand<?>> first(GraphOperation op, Operand<TFloat32> gradient) {
    Operand<?>[] byInput = new Operand<?>[op.numInputs()];
    byInput[0] = gradient;
    return Arrays.asList(byInput);
  }
}
