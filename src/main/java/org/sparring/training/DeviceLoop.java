package org.sparring.training;

import java.util.List;
import org.sparring.graph.Lowered;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Several steps in one {@code Session.run}: a While around a copy of the very ops of a step, in
 * both of its forms where it has two. Variables are reached by their shared names. The meters of
 * every step wait on the device until the run is over.
 *
 * <p>Steps are counted from {@code first}, the number of steps done modulo the penalty's period, so
 * that the loop's own numbers say which form is due.
 */
public final class DeviceLoop implements AutoCloseable {
  private static final String METERS = "loop/meters";
  private static final Shape ROWS = Shape.of(Shape.UNKNOWN_SIZE, StepMeters.COUNT);

  private final int every;
  private final TInt32 begin = TInt32.scalarOf(0);
  private final TInt32 stop = TInt32.scalarOf(0);
  private final Session.Runner call;

  /**
   * Adds the loop to the graph of the steps.
   *
   * @param graph may have been run before
   * @param session of the graph, which makes the steps
   */
  public DeviceLoop(Graph graph, Session session, Steps steps) {
    every = steps.every();
    Ops tf = Ops.create(graph).withSubScope("loop");
    Placeholder<TInt32> first = scalar(tf, "first");
    Placeholder<TInt32> end = scalar(tf, "end");
    Operand<TInt32> count = tf.math.sub(end, first);
    Operand<TInt32> shape = tf.stack(List.of(count, tf.constant(StepMeters.COUNT)));
    VarHandleOp kept = kept(tf);
    Op room = tf.assignVariableOp(kept, tf.fill(shape, tf.constant(0f)));
    Ops behind = tf.withControlDependencies(List.of(room));
    List<Operand<?>> start =
        List.of(behind.identity(first), behind.identity(first), behind.identity(end));
    try (ConcreteFunction goesOn = ConcreteFunction.create(DeviceLoop::goesOn);
        ConcreteFunction body = every == 1 ? only(tf, steps.plain()) : due(tf, steps)) {
      Op loop = Lowered.whileLoop(tf, start, goesOn, body);
      Ops after = tf.withControlDependencies(List.of(loop));
      Operand<TFloat32> meters = after.readVariableOp(kept, TFloat32.class);
      call = session.runner().feed(first, begin).feed(end, stop).fetch(meters);
    }
  }

  /**
   * Makes steps.
   *
   * @param done steps before
   * @param meters of the steps, one after the other; as many steps are made as it has room for
   */
  public void run(long done, int count, float[] meters) {
    int from = Math.toIntExact(done % every);
    begin.setInt(from);
    stop.setInt(from + count);
    try (Result result = call.run()) {
      ((TFloat32) result.get(0))
          .asRawTensor()
          .data()
          .asFloats()
          .read(meters, 0, count * StepMeters.COUNT);
    }
  }

  @Override
  public void close() {
    begin.close();
    stop.close();
  }

  /** values of the loop → whether there is a step to make. */
  private static Signature goesOn(Ops tf) {
    Placeholder<TInt32> number = scalar(tf, "number");
    Placeholder<TInt32> first = scalar(tf, "first");
    Placeholder<TInt32> end = scalar(tf, "end");
    return signature("goes_on", number, first, end)
        .output("goes_on", tf.math.less(number, end))
        .build();
  }

  /** One step of a game with one form. */
  private static ConcreteFunction only(Ops tf, Step step) {
    // the step's own ops, copied: a call of a function without inputs would be made once, and not
    // in every round
    Placeholder<TInt32> number = scalar(tf, "number");
    return ConcreteFunction.create(round(tf, number, told(tf, step)), (Graph) tf.scope().env());
  }

  /** One step of a game with two forms: the one that is due. */
  private static ConcreteFunction due(Ops tf, Steps steps) {
    try (ConcreteFunction regularized = form(tf, "regularized", steps.regularized());
        ConcreteFunction plain = form(tf, "plain", steps.plain())) {
      return ConcreteFunction.create(
          ops -> {
            Placeholder<TInt32> number = scalar(ops, "number");
            Operand<TInt32> within = ops.math.floorMod(number, ops.constant(steps.every()));
            Operand<TBool> pays = ops.math.equal(within, ops.constant(0));
            return round(ops, number, Lowered.choice(ops, pays, regularized, plain));
          });
    }
  }

  private static ConcreteFunction form(Ops tf, String name, Step step) {
    Signature signature = Signature.builder(name).output("meters", told(tf, step)).build();
    return ConcreteFunction.create(signature, (Graph) tf.scope().env());
  }

  /** A step's meters when everything is written. */
  private static Operand<TFloat32> told(Ops tf, Step step) {
    return tf.withControlDependencies(List.of(step.done())).identity(step.meters()); // (8)
  }

  /** Keeps a step's meters; its number grows behind that, and so behind all of the step. */
  private static Signature round(Ops tf, Placeholder<TInt32> number, Operand<TFloat32> told) {
    Placeholder<TInt32> first = scalar(tf, "first");
    Placeholder<TInt32> end = scalar(tf, "end");
    Op kept = tf.resourceScatterUpdate(kept(tf), tf.math.sub(number, first), told);
    Ops then = tf.withControlDependencies(List.of(kept));
    return signature("round", number, first, end)
        .output("number", then.math.add(number, tf.constant(1)))
        .output("first", tf.identity(first))
        .output("end", tf.identity(end))
        .build();
  }

  private static Signature.Builder signature(
      String name, Placeholder<TInt32> number, Placeholder<TInt32> first, Placeholder<TInt32> end) {
    return Signature.builder(name).input("number", number).input("first", first).input("end", end);
  }

  /** Where meters wait, (steps, 8); no part of checkpoints. */
  private static VarHandleOp kept(Ops tf) {
    return tf.varHandleOp(TFloat32.class, ROWS, VarHandleOp.sharedName(METERS));
  }

  private static Placeholder<TInt32> scalar(Ops tf, String name) {
    return tf.withName(name).placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
  }
}
