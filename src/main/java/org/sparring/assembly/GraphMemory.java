package org.sparring.assembly;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.AssignVariableOp;
import org.tensorflow.proto.DataType;

/**
 * Estimates the memory that a graph needs, without running it. The estimate visits the ops in the
 * order in which they were added, keeps each output until its last consumer has run, and returns
 * the largest sum plus the size of all variables. Real runs took 0.8 to 1.7 times the estimate
 * (docs/reliability.md), because ops run in another order and concurrently, and kernels need
 * workspace.
 */
public final class GraphMemory {
  /** Ops whose outputs share the memory of their inputs, the first that of the first. */
  private static final Set<String> SAME_BUFFER =
      Set.of(
          "Identity",
          "IdentityN",
          "Reshape",
          "StopGradient",
          "ExpandDims",
          "Squeeze",
          "EnsureShape");

  /** Ops whose kernel can overwrite an input that no other op reads. */
  private static final Set<String> IN_PLACE =
      Set.of(
          "Add",
          "AddN",
          "AddV2",
          "BiasAdd",
          "Div",
          "Exp",
          "LeakyRelu",
          "LeakyReluGrad",
          "Log",
          "Maximum",
          "Mul",
          "Neg",
          "RealDiv",
          "Relu",
          "ReluGrad",
          "Rsqrt",
          "Sigmoid",
          "Softplus",
          "Sqrt",
          "Square",
          "Sub",
          "Tanh",
          "TanhGrad");

  /**
   * Ops whose output needs no further memory: constants, and variables, which are counted
   * separately.
   */
  private static final Set<String> HELD = Set.of("Const", "VarHandleOp", "ReadVariableOp");

  /**
   * TensorFlow adds one for each output through which no gradient comes. Where nothing reads it, it
   * never runs.
   */
  private static final String UNREAD_GRADIENT = "ZerosLike";

  private final List<GraphOperation> ops = new ArrayList<>();

  /** The number of the first output of each op: outputs are numbered through all ops. */
  private final int[] first;

  private final int[] buffer;
  private final long[] bytes;

  /** The place of the last op that reads an output. */
  private final int[] last;

  private GraphMemory(Graph graph) {
    graph.operations().forEachRemaining(ops::add);
    first = new int[ops.size() + 1];
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < ops.size(); i++) {
      places.put(ops.get(i).name(), i);
      first[i + 1] = first[i] + ops.get(i).numOutputs();
    }
    int outputs = first[ops.size()];
    buffer = new int[outputs];
    bytes = new long[outputs];
    last = new int[outputs];
    BitSet read = new BitSet(outputs);
    for (GraphOperation op : ops) {
      for (int i = 0; i < op.numInputs(); i++) {
        read.set(source(op, i, places));
      }
    }
    for (int i = 0; i < ops.size(); i++) {
      boolean never = ops.get(i).type().equals(UNREAD_GRADIENT) && !read.get(first[i]);
      if (!never) {
        measure(i, places);
      }
    }
  }

  /** Returns the largest sum of bytes during a run, plus the bytes of all variables. */
  public static long bytes(Graph graph) {
    GraphMemory memory = new GraphMemory(graph);
    return memory.largest() + memory.variables();
  }

  private void measure(int place, Map<String, Integer> places) {
    GraphOperation op = ops.get(place);
    boolean same = SAME_BUFFER.contains(op.type());
    for (int i = 0; i < op.numOutputs(); i++) {
      int output = first[place] + i;
      boolean shared = same && i < op.numInputs();
      buffer[output] = shared ? buffer[source(op, i, places)] : output;
      bytes[output] = shared || HELD.contains(op.type()) ? 0 : bytes(op.output(i));
      last[output] = place;
    }
    for (int i = 0; i < op.numInputs(); i++) {
      int read = buffer[source(op, i, places)];
      last[read] = Math.max(last[read], place);
    }
  }

  private int source(GraphOperation op, int input, Map<String, Integer> places) {
    Output<?> read = op.input(input);
    return first[places.get(read.op().name())] + read.index();
  }

  private long largest() {
    List<List<Integer>> freed = new ArrayList<>();
    ops.forEach(op -> freed.add(new ArrayList<>()));
    for (int i = 0; i < buffer.length; i++) {
      if (buffer[i] == i) {
        freed.get(last[i]).add(i);
      }
    }
    long held = 0;
    long largest = 0;
    for (int i = 0; i < ops.size(); i++) {
      long made = 0;
      for (int output = first[i]; output < first[i + 1]; output++) {
        made += bytes[output];
      }
      largest = Math.max(largest, held + made - reused(i, freed.get(i)));
      held += made - freed.get(i).stream().mapToLong(f -> bytes[f]).sum();
    }
    return largest;
  }

  private long reused(int place, List<Integer> freed) {
    if (!IN_PLACE.contains(ops.get(place).type())) {
      return 0;
    }
    int made = first[place];
    boolean dies = freed.stream().anyMatch(f -> f != made && bytes[f] == bytes[made]);
    return dies ? bytes[made] : 0;
  }

  private long variables() {
    return ops.stream()
        .filter(op -> op.type().equals("VarHandleOp"))
        .mapToLong(op -> held(op) * width(op.attributes().getAttrType("dtype")))
        .sum();
  }

  /** Returns the elements of a variable; those of a {@link Pack} are known from its first value. */
  private static long held(GraphOperation handle) {
    return Math.max(
        size(handle.attributes().getAttrShape("shape")),
        handle.consumers().stream()
            .filter(op -> op.type().equals(AssignVariableOp.OP_NAME))
            .mapToLong(op -> size(op.input(1).shape()))
            .max()
            .orElse(0));
  }

  private static long bytes(Output<?> output) {
    return size(output.shape()) * width(output.dataType());
  }

  /** Returns the number of elements; 0 if the shape is known only when the graph runs. */
  private static long size(Shape shape) {
    return shape.isUnknown() || shape.hasUnknownDimension() ? 0 : shape.size();
  }

  private static long width(DataType type) {
    return switch (type) {
      case DT_BOOL, DT_INT8, DT_UINT8 -> 1;
      case DT_BFLOAT16, DT_HALF, DT_INT16, DT_UINT16 -> 2;
      case DT_DOUBLE, DT_INT64, DT_UINT64 -> 8;
      case DT_RESOURCE, DT_STRING, DT_VARIANT -> 0;
      default -> 4;
    };
  }
}
