package org.sparring.benchmarks.steps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sparring.benchmarks.steps.StepWork.Product;
import org.sparring.natives.SessionOptions;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.OperationAttributeInspector;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Runs only the products of a step, one after the other: the same ops on the same shapes, each with
 * its own prepared operands and without other ops in between. Time of the products ÷ time of the
 * step is the share of this limit that the step reaches. It is above 1 where the step computes
 * several products at the same time.
 */
final class StepLimit implements AutoCloseable {
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final List<Op> initializations = new ArrayList<>();
  private final Session session;
  private final List<Session.Runner> each = new ArrayList<>();
  private final Session.Runner all;

  StepLimit(List<Product> products, SessionOptions options) {
    session = new Session(graph, options.config());
    List<Op> copies = new ArrayList<>();
    for (Product product : products) {
      Op copy = copy(tf.withControlDependencies(last(copies)), product.op());
      copies.add(copy);
      each.add(session.runner().addTarget(copy(tf, product.op())));
    }
    // every product is a target, because TensorFlow leaves out ops that are not requested
    all = session.runner();
    copies.forEach(all::addTarget);
    session.run(tf.withControlDependencies(initializations).noOp());
  }

  /** Runs every product once. */
  void run() {
    all.run().close();
  }

  /** Runs one of the products. */
  void run(int product) {
    each.get(product).run().close();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private static List<Op> last(List<Op> ops) {
    return ops.isEmpty() ? List.of() : ops.subList(ops.size() - 1, ops.size());
  }

  private <T extends TFloating> Op copy(Ops behind, GraphOperation op) {
    OperationAttributeInspector attributes = op.attributes();
    List<Operand<T>> factors = new ArrayList<>();
    op.inputs().forEach(input -> this.<T>factor(input.asOutput()).ifPresent(factors::add));
    Operand<T> first = factors.get(0);
    Operand<T> second = factors.get(1);
    if (op.type().equals("MatMul")) {
      return behind.linalg.matMul(
          first,
          second,
          MatMul.transposeA(attributes.getAttrBool("transpose_a")),
          MatMul.transposeB(attributes.getAttrBool("transpose_b")));
    }
    List<Long> strides = Arrays.stream(attributes.getAttrIntList("strides")).boxed().toList();
    String padding = attributes.getAttrString("padding");
    Operand<TInt32> size = size(op.output(0).shape());
    return switch (op.type()) {
      case "Conv2D" -> behind.nn.conv2d(first, second, strides, padding);
      case "Conv2DBackpropInput" ->
          behind.nn.conv2dBackpropInput(size, first, second, strides, padding);
      case "Conv2DBackpropFilter" ->
          behind.nn.conv2dBackpropFilter(first, size, second, strides, padding);
      default -> throw new IllegalArgumentException("expected a product, found " + op.type());
    };
  }

  private Operand<TInt32> size(Shape shape) {
    return tf.constant(Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray());
  }

  /**
   * Returns a variable with the operand's shape and type; nothing for an operand that only gives a
   * size.
   */
  @SuppressWarnings("unchecked") // the variable has the type of the factor
  private <T extends TFloating> Optional<Operand<T>> factor(Output<?> factor) {
    return switch (factor.dataType()) {
      case DT_FLOAT -> Optional.of((Operand<T>) variable(factor, TFloat32.class));
      case DT_BFLOAT16 -> Optional.of((Operand<T>) variable(factor, TBfloat16.class));
      default -> Optional.empty();
    };
  }

  private <T extends TFloating> Operand<T> variable(Output<?> factor, Class<T> type) {
    Shape shape = factor.shape();
    VarHandleOp handle =
        tf.varHandleOp(type, shape, VarHandleOp.sharedName("factor" + initializations.size()));
    // values of the magnitude in a network and not zeros, because the speed can depend on the
    // values
    Operand<TFloat32> values =
        tf.random.statelessRandomNormal(
            tf.constant(shape.asArray()), tf.constant(new long[] {1, initializations.size()}));
    initializations.add(tf.assignVariableOp(handle, tf.dtypes.cast(values, type)));
    return tf.readVariableOp(handle, type);
  }
}
