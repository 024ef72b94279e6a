package org.sparring.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.sparring.graph.Fingerprint;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.tensorflow.GraphOperation;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/**
 * The variables of a loaded model that its signatures read.
 *
 * @param parameters numbers in all these variables
 * @param fingerprint of all these variables
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

  /** Finds the variables that the signatures of a loaded model read, in the graph's order. */
  static ModelVariables of(LoadedModel model) {
    Set<String> reached = reached(model);
    List<Variable<?>> held = new ArrayList<>();
    for (Iterator<GraphOperation> i = model.graph().operations(); i.hasNext(); ) {
      GraphOperation op = i.next();
      // other variables are uninitialised, or only a run that starts from the model reads them
      if (op.type().equals(VarHandleOp.OP_NAME) && reached.contains(op.name())) {
        held.add(variable(op));
      }
    }
    long parameters = held.stream().mapToLong(v -> v.shape().size()).sum();
    return new ModelVariables(parameters, new Fingerprint(Ops.create(model.graph()), held));
  }

  /** Returns the names of all ops from which a signature's outputs are computed. */
  private static Set<String> reached(LoadedModel model) {
    Deque<GraphOperation> next = new ArrayDeque<>();
    for (String signature : model.signatures()) {
      model
          .signature(signature)
          .getOutputs()
          .values()
          .forEach(
              tensor -> next.add(model.graph().operation(tensor.name.replaceFirst(":.*", ""))));
    }
    Set<String> reached = new HashSet<>();
    while (!next.isEmpty()) {
      GraphOperation op = next.remove();
      if (reached.add(op.name())) {
        op.inputs().forEach(input -> next.add((GraphOperation) input.op()));
      }
    }
    return reached;
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
