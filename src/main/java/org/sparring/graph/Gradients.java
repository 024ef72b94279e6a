package org.sparring.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Derivatives of a scalar with respect to a chosen list of operands, and nothing else. */
public final class Gradients {
  private static final AtomicLong CALLS = new AtomicLong();

  private Gradients() {}

  /**
   * d scalar / d operand for each operand, in order and in the operand's shape.
   *
   * @throws GraphException if the scalar does not depend on one of the operands
   */
  public static List<Operand<TFloat32>> of(
      Ops tf, Operand<TFloat32> scalar, List<? extends Operand<TFloat32>> operands) {
    Graph graph = (Graph) tf.scope().env();
    Output<?>[] with = operands.stream().map(Operand::asOutput).toArray(Output[]::new);
    // An explicit seed: the default one is OnesLike, which has no gradient of its own, and a
    // penalty differentiates this again.
    Output<?>[] seed = {tf.constant(1f).asOutput()};
    String prefix = "gradients" + CALLS.incrementAndGet();
    Output<?>[] found = graph.addGradients(prefix, new Output<?>[] {scalar.asOutput()}, with, seed);
    return checked(found, with);
  }

  private static List<Operand<TFloat32>> checked(Output<?>[] found, Output<?>[] with) {
    List<Operand<TFloat32>> gradients = new ArrayList<>(found.length);
    for (int i = 0; i < found.length; i++) {
      if (found[i] == null) {
        throw new GraphException("the loss does not depend on " + with[i].op().name());
      }
      gradients.add(found[i].expect(TFloat32.class));
    }
    return gradients;
  }
}
