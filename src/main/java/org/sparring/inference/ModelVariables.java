package org.sparring.inference;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.sparring.graph.Fingerprint;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * What a loaded model computes with.
 *
 * @param parameters numbers in all its variables
 * @param fingerprint of all its variables
 */
record ModelVariables(long parameters, Fingerprint fingerprint) {

  /** Finds the variables of a loaded graph. */
  static ModelVariables of(Graph graph) {
    List<Variable<TFloat32>> variables = new ArrayList<>();
    for (Iterator<GraphOperation> i = graph.operations(); i.hasNext(); ) {
      GraphOperation op = i.next();
      if (op.type().equals(VarHandleOp.OP_NAME)) {
        variables.add(variable(op));
      }
    }
    long parameters = variables.stream().mapToLong(v -> v.shape().size()).sum();
    return new ModelVariables(parameters, new Fingerprint(Ops.create(graph), variables));
  }

  private static Variable<TFloat32> variable(GraphOperation op) {
    return new Variable<>(
        Owner.GENERATOR,
        op.attributes().getAttrString("shared_name"),
        op.attributes().getAttrShape("shape"),
        TFloat32.class,
        false,
        new VarHandleOp(op));
  }
}
