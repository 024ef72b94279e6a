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
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * The variables of a loaded model.
 *
 * @param parameters numbers in all its variables
 * @param fingerprint of all its variables
 */
record ModelVariables(long parameters, Fingerprint fingerprint) {

  /** The fingerprint of an open model's variables. */
  String sha256(LoadedModel model) {
    try {
      return fingerprint.of(model.session()).sha256();
    } catch (RuntimeException e) {
      throw LoadedModel.unloadable(model.folder(), e);
    }
  }

  /** Finds the variables of a loaded graph. */
  static ModelVariables of(Graph graph) {
    List<Variable<?>> variables = new ArrayList<>();
    for (Iterator<GraphOperation> i = graph.operations(); i.hasNext(); ) {
      GraphOperation op = i.next();
      if (op.type().equals(VarHandleOp.OP_NAME)) {
        variables.add(variable(op));
      }
    }
    // a float16 model keeps its original float32 variables, uninitialised: skip them
    List<Variable<?>> halves = variables.stream().filter(v -> v.type() == TFloat16.class).toList();
    List<Variable<?>> held = halves.isEmpty() ? variables : halves;
    long parameters = held.stream().mapToLong(v -> v.shape().size()).sum();
    return new ModelVariables(parameters, new Fingerprint(Ops.create(graph), held));
  }

  private static Variable<?> variable(GraphOperation op) {
    boolean half = op.attributes().getAttrType("dtype") == DataType.DT_HALF;
    return half ? variable(op, TFloat16.class) : variable(op, TFloat32.class);
  }

  private static <T extends TType> Variable<T> variable(GraphOperation op, Class<T> type) {
    return new Variable<>(
        Owner.GENERATOR,
        op.attributes().getAttrString("shared_name"),
        op.attributes().getAttrShape("shape"),
        type,
        false,
        new VarHandleOp(op));
  }
}
