package org.sparring.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.sparring.errors.GraphException;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.internal.c_api.global.tensorflow;

/** Finds the op that cannot be differentiated, and says what to do about it. */
final class Undifferentiable {
  private Undifferentiable() {}

  /** Explains why a differentiation failed. */
  static GraphException explained(Output<?> scalar, RuntimeException failure) {
    RuntimeException refusal = SecondOrderGradients.takeFailure();
    if (refusal != null) {
      return new GraphException("cannot differentiate the loss: " + refusal.getMessage(), refusal);
    }
    GraphOperation culprit = culprit((GraphOperation) scalar.op(), failure.getMessage());
    String reason = culprit == null ? failure.getMessage() : advice(culprit);
    return new GraphException("cannot differentiate the loss: " + reason, failure);
  }

  private static String advice(GraphOperation op) {
    return "op "
        + op.name()
        + " of type "
        + op.type()
        + " has no gradient; "
        + (op.type().startsWith("FusedBatchNorm")
            ? "use net.discriminator_norm none"
            : "use a layer without it, or a loss, penalty and game rule that do not need it");
  }

  /**
   * Returns the op nearest to the scalar whose type TensorFlow's message names as having no
   * gradient.
   */
  private static GraphOperation culprit(GraphOperation scalar, String complaint) {
    Deque<GraphOperation> next = new ArrayDeque<>(Set.of(scalar));
    Set<GraphOperation> seen = new HashSet<>(next);
    while (!next.isEmpty()) {
      GraphOperation op = next.remove();
      if (complaint.contains(op.type()) && !tensorflow.TFJ_HasGradient(op.type())) {
        return op;
      }
      for (Operand<?> input : op.inputs()) {
        GraphOperation before = (GraphOperation) input.asOutput().op();
        if (seen.add(before)) {
          next.add(before);
        }
      }
    }
    return null;
  }
}
