package org.sparring.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * Runs several steps in one {@code Session.run}: a While loop around a copy of a step's ops, in
 * every form that the step has. The copy uses the same variables through their shared names. The
 * meters of every step stay on the device until the call returns.
 *
 * <p>Steps are counted from {@code first}, the number of completed steps modulo the period of the
 * lazy terms, so that the loop's counter selects the form that is due.
 */
public final class DeviceLoop implements AutoCloseable {
  private static final String SCOPE = "loop";
  private static final String METERS = "loop/meters";
  private static final long LAST = Long.MAX_VALUE;

  private final int period;
  private final int width;
  private final TInt32 begin = TInt32.scalarOf(0);
  private final TInt32 stop = TInt32.scalarOf(0);
  private final Session.Runner call;

  /**
   * Adds the loop to the graph of the steps.
   *
   * @param graph may have been run before
   * @param session of the graph, which makes the steps
   * @param steps of the phase; a graph has one loop for each of its phases
   */
  public DeviceLoop(Graph graph, Session session, PhaseSteps steps) {
    period = steps.period();
    width = steps.width();
    Ops tf = Ops.create(graph).withSubScope(SCOPE + (steps.last() == LAST ? "" : steps.last()));
    Placeholder<TInt32> first = scalar(tf, "first");
    Placeholder<TInt32> end = scalar(tf, "end");
    Operand<TInt32> count = tf.math.sub(end, first);
    Operand<TInt32> shape = tf.stack(List.of(count, tf.constant(width)));
    VarHandleOp kept = kept(tf, width);
    Op room = tf.assignVariableOp(kept, tf.fill(shape, tf.constant(0f)));
    Ops behind = tf.withControlDependencies(List.of(room));
    List<Operand<?>> start =
        List.of(behind.identity(first), behind.identity(first), behind.identity(end));
    try (ConcreteFunction goesOn = ConcreteFunction.create(DeviceLoop::goesOn);
        ConcreteFunction body = period == 1 ? only(tf, steps.at(1)) : due(tf, steps)) {
      Op loop = Lowered.whileLoop(tf, start, goesOn, body);
      Ops after = tf.withControlDependencies(List.of(loop));
      Operand<TFloat32> meters = after.readVariableOp(kept, TFloat32.class);
      call = session.runner().feed(first, begin).feed(end, stop).fetch(meters);
    }
  }

  /**
   * Runs steps.
   *
   * @param done steps completed before
   * @param meters receives the meters of each step; its length sets the number of steps
   */
  public void run(long done, int count, float[] meters) {
    int from = Math.toIntExact(done % period);
    begin.setInt(from);
    stop.setInt(from + count);
    try (Result result = call.run()) {
      ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(meters, 0, count * width);
    }
  }

  @Override
  public void close() {
    begin.close();
    stop.close();
  }

  /** Whether another step is to be run, from the values of the loop. */
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
    // a copy of the step's ops: TensorFlow would run a function without inputs once, and not in
    // every iteration
    Placeholder<TInt32> number = scalar(tf, "number");
    return ConcreteFunction.create(round(tf, number, written(tf, step)), (Graph) tf.scope().env());
  }

  /** One step of a game with several forms: the one that is due. */
  private static ConcreteFunction due(Ops tf, PhaseSteps steps) {
    List<Set<String>> sets = List.copyOf(steps.forms().keySet());
    List<ConcreteFunction> forms = new ArrayList<>();
    try {
      for (int i = 0; i < sets.size(); i++) {
        forms.add(form(tf, "form" + i, steps.forms().get(sets.get(i))));
      }
      return ConcreteFunction.create(
          ops -> {
            Placeholder<TInt32> number = scalar(ops, "number");
            return round(ops, number, meters(ops, number, steps, forms));
          });
    } finally {
      forms.forEach(ConcreteFunction::close);
    }
  }

  /** The meters of the one form that is due; the others do not run. */
  private static Operand<TFloat32> meters(
      Ops tf, Operand<TInt32> number, PhaseSteps steps, List<ConcreteFunction> forms) {
    List<Set<String>> sets = List.copyOf(steps.forms().keySet());
    if (sets.size() == 2) {
      return Lowered.choice(tf, isDue(tf, number, steps, sets.get(0)), forms.get(0), forms.get(1));
    }
    int width = steps.width();
    List<Operand<TFloat32>> meters = new ArrayList<>();
    try (ConcreteFunction nothing = ConcreteFunction.create(ops -> nothing(ops, width))) {
      for (int i = 0; i < sets.size(); i++) {
        Operand<TBool> due = isDue(tf, number, steps, sets.get(i));
        meters.add(Lowered.choice(tf, due, forms.get(i), nothing));
      }
    }
    return tf.math.addN(meters);
  }

  private static Signature nothing(Ops tf, int width) {
    return Signature.builder("nothing").output("meters", tf.constant(new float[width])).build();
  }

  /** Whether exactly these terms are due. */
  private static Operand<TBool> isDue(
      Ops tf, Operand<TInt32> number, PhaseSteps steps, Set<String> terms) {
    Operand<TBool> all = null;
    for (Map.Entry<String, Integer> term : steps.periods().entrySet()) {
      Operand<TInt32> within = tf.math.floorMod(number, tf.constant(term.getValue()));
      Operand<TBool> due = tf.math.equal(within, tf.constant(0));
      Operand<TBool> asWanted = terms.contains(term.getKey()) ? due : tf.math.logicalNot(due);
      all = all == null ? asWanted : tf.math.logicalAnd(all, asWanted);
    }
    return all;
  }

  private static ConcreteFunction form(Ops tf, String name, Step step) {
    Signature signature = Signature.builder(name).output("meters", written(tf, step)).build();
    return ConcreteFunction.create(signature, (Graph) tf.scope().env());
  }

  /** The meters of a step, after all its writes. */
  private static Operand<TFloat32> written(Ops tf, Step step) {
    return tf.withControlDependencies(List.of(step.done())).identity(step.meters()); // (width)
  }

  /**
   * Stores the meters of a step and then increases the counter, which so follows all writes of the
   * step.
   */
  private static Signature round(Ops tf, Placeholder<TInt32> number, Operand<TFloat32> meters) {
    Placeholder<TInt32> first = scalar(tf, "first");
    Placeholder<TInt32> end = scalar(tf, "end");
    Op kept =
        tf.resourceScatterUpdate(
            kept(tf, (int) meters.shape().get(0)), tf.math.sub(number, first), meters);
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

  /** The variable that holds the meters of a call, (steps, width); not part of checkpoints. */
  private static VarHandleOp kept(Ops tf, int width) {
    Shape rows = Shape.of(Shape.UNKNOWN_SIZE, width);
    return tf.varHandleOp(TFloat32.class, rows, VarHandleOp.sharedName(METERS));
  }

  private static Placeholder<TInt32> scalar(Ops tf, String name) {
    return tf.withName(name).placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
  }
}
