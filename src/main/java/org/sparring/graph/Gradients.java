package org.sparring.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Derivatives of a scalar with respect to a chosen list of operands, and nothing else. */
public final class Gradients {
  private static final AtomicLong CALLS = new AtomicLong();

  private Gradients() {}

  /**
   * d scalar / d operand for each operand, in order and in the operand's shape.
   *
   * <p>What this returns can be differentiated again: see {@link SecondOrderGradients}.
   *
   * @throws GraphException naming the operand that the scalar does not depend on, or the op that
   *     has no gradient
   */
  public static List<Operand<TFloat32>> of(
      Ops tf, Operand<TFloat32> scalar, List<? extends Operand<TFloat32>> operands) {
    SecondOrderGradients.register();
    Graph graph = (Graph) tf.scope().env();
    Output<?>[] with = operands.stream().map(Operand::asOutput).toArray(Output[]::new);
    // An explicit seed: the default one is OnesLike, which has no gradient of its own, and a
    // penalty differentiates this again.
    Output<?>[] seed = {tf.constant(1f).asOutput()};
    String prefix = "gradients" + CALLS.incrementAndGet();
    try {
      Output<?>[] of = {scalar.asOutput()};
      return checked(graph.addGradients(prefix, of, with, seed), with);
    } catch (TensorFlowException | IllegalArgumentException e) {
      throw Undifferentiable.explained(scalar.asOutput(), e);
    }
  }

  private static List<Operand<TFloat32>> checked(Output<?>[] found, Output<?>[] with) {
    List<Operand<TFloat32>> gradients = new ArrayList<>(found.length);
    for (int i = 0; i < found.length; i++) {
      gradients.add(checked(found[i], with[i]));
    }
    return gradients;
  }

  private static Operand<TFloat32> checked(Output<?> found, Output<?> with) {
    try {
      return found.expect(TFloat32.class);
    } catch (IllegalStateException e) {
      // an output of no operation: every way to the operand is stopped
      throw new GraphException("the loss does not depend on " + with.op().name(), e);
    }
  }
}
