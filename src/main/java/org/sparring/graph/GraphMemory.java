package org.sparring.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * Estimates the memory that a graph needs, without running it. The estimate visits the ops in the
 * order in which they were added, keeps each output until its last consumer has run, and returns
 * the largest sum plus the size of all variables. Real runs took 0.8 to 1.3 times the estimate
 * (docs/reliability.md), because ops run in another order and concurrently, and kernels need
 * workspace.
 */
public final class GraphMemory {
  /** Ops whose output shares the memory of their first input. */
  private static final Set<String> SAME_BUFFER =
      Set.of("Identity", "Reshape", "StopGradient", "ExpandDims", "Squeeze", "EnsureShape");

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

  private final List<GraphOperation> ops = new ArrayList<>();
  private final int[] buffer;
  private final long[] bytes;
  private final int[] last;

  private GraphMemory(Graph graph) {
    graph.operations().forEachRemaining(ops::add);
    buffer = new int[ops.size()];
    bytes = new long[ops.size()];
    last = new int[ops.size()];
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < ops.size(); i++) {
      places.put(ops.get(i).name(), i);
    }
    for (int i = 0; i < ops.size(); i++) {
      measure(i, places);
    }
  }

  /** Returns the largest sum of bytes during a run, plus the bytes of all variables. */
  public static long bytes(Graph graph) {
    GraphMemory memory = new GraphMemory(graph);
    return memory.largest() + memory.variables();
  }

  private void measure(int place, Map<String, Integer> places) {
    GraphOperation op = ops.get(place);
    boolean same = SAME_BUFFER.contains(op.type()) && op.numInputs() > 0;
    buffer[place] = same ? buffer[source(op, 0, places)] : place;
    last[place] = place;
    bytes[place] = same || HELD.contains(op.type()) ? 0 : outputs(op);
    for (int i = 0; i < op.numInputs(); i++) {
      int read = buffer[source(op, i, places)];
      last[read] = Math.max(last[read], place);
    }
  }

  private static int source(GraphOperation op, int input, Map<String, Integer> places) {
    return places.get(op.input(input).op().name());
  }

  private long largest() {
    List<List<Integer>> freed = new ArrayList<>();
    ops.forEach(op -> freed.add(new ArrayList<>()));
    for (int i = 0; i < ops.size(); i++) {
      if (buffer[i] == i) {
        freed.get(last[i]).add(i);
      }
    }
    long held = 0;
    long largest = 0;
    for (int i = 0; i < ops.size(); i++) {
      long reused = reused(i, freed.get(i));
      largest = Math.max(largest, held + bytes[i] - reused);
      held += bytes[i] - freed.get(i).stream().mapToLong(f -> bytes[f]).sum();
    }
    return largest;
  }

  private long reused(int place, List<Integer> freed) {
    boolean inPlace = IN_PLACE.contains(ops.get(place).type());
    boolean dies = freed.stream().anyMatch(f -> f != place && bytes[f] == bytes[place]);
    return inPlace && dies ? bytes[place] : 0;
  }

  private long variables() {
    return ops.stream()
        .filter(op -> op.type().equals("VarHandleOp"))
        .mapToLong(
            op ->
                size(op.attributes().getAttrShape("shape"))
                    * width(op.attributes().getAttrType("dtype")))
        .sum();
  }

  private static long outputs(GraphOperation op) {
    long sum = 0;
    for (int i = 0; i < op.numOutputs(); i++) {
      sum += size(op.output(i).shape()) * width(op.output(i).dataType());
    }
    return sum;
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
