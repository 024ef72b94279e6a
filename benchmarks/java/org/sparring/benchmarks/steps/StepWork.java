package org.sparring.benchmarks.steps;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;

/**
 * The work of a step: its products (convolutions, transposed convolutions, matrix products), read
 * from the graph, so that exactly the executed ops are counted. Products of a convolution with
 * padding are counted too, as other libraries do.
 */
final class StepWork {
  /**
   * Ops that can occur between a variable and a product that reads it, or between a product and the
   * update that uses it.
   */
  private static final Set<String> FORWARDING =
      Set.of(
          "Identity",
          "IdentityN",
          "ReadVariableOp",
          "Reshape",
          "Transpose",
          "Cast",
          "AddN",
          "AddV2");

  private static final int LAST = 3;

  /** The purpose of a product. */
  enum Direction {
    FORWARD("forward"),
    INPUT_GRADIENT("input gradient"),
    WEIGHT_GRADIENT("weight gradient");

    final String label;

    Direction(String label) {
      this.label = label;
    }
  }

  /**
   * One product.
   *
   * @param layer layer of the kernel, such as {@code generator/up0}
   * @param multiplyAdds number of multiply-adds; a multiplication and an addition count as one
   * @param bytes bytes of its factors and its result, each counted once
   */
  record Product(
      GraphOperation op, String layer, Direction direction, long multiplyAdds, long bytes) {}

  private final List<Product> products = new ArrayList<>();
  private long otherBytes;

  private StepWork() {}

  /** Returns the work of all ops that run when {@code target} runs. */
  static StepWork of(Graph graph, GraphOperation target) {
    StepWork work = new StepWork();
    Set<GraphOperation> reached = graph.subgraphToOps(Set.of(target));
    graph
        .operations()
        .forEachRemaining(
            op -> {
              if (reached.contains(op)) {
                work.count(op);
              }
            });
    return work;
  }

  List<Product> products() {
    return List.copyOf(products);
  }

  long multiplyAdds() {
    return products.stream().mapToLong(Product::multiplyAdds).sum();
  }

  /** Returns the bytes that the products must move. */
  long productBytes() {
    return products.stream().mapToLong(Product::bytes).sum();
  }

  /** Returns the bytes that all other ops with known shapes move if none are fused. */
  long otherBytes() {
    return otherBytes;
  }

  private void count(GraphOperation op) {
    long multiplyAdds = multiplyAdds(op);
    if (multiplyAdds > 0) {
      products.add(new Product(op, layer(op), direction(op), multiplyAdds, bytes(op)));
    } else if (!FORWARDING.contains(op.type()) || op.type().startsWith("Add")) {
      otherBytes += bytes(op);
    }
  }

  /** Returns the multiply-adds of a product; 0 for any other op. */
  private static long multiplyAdds(GraphOperation op) {
    return switch (op.type()) {
      // each element of the result is a sum over the kernel and the input channels
      case "Conv2D" -> op.output(0).shape().size() * perOutput(shape(op, 1));
      // the same count as the convolution it is the gradient of: per element of (batch, h, w, out)
      case "Conv2DBackpropInput" -> shape(op, 2).size() * perOutput(shape(op, 1));
      case "Conv2DBackpropFilter" -> shape(op, 2).size() * perOutput(op.output(0).shape());
      case "MatMul" -> {
        Shape first = shape(op, 0);
        long inner = first.get(op.attributes().getAttrBool("transpose_a") ? 0 : 1);
        yield op.output(0).shape().size() * inner;
      }
      default -> 0;
    };
  }

  private static long perOutput(Shape kernel) {
    return kernel.size() / kernel.get(LAST);
  }

  private static Shape shape(GraphOperation op, int input) {
    return op.input(input).shape();
  }

  private static long bytes(GraphOperation op) {
    long bytes = 0;
    for (Operand<?> input : op.inputs()) {
      bytes += bytes(input.asOutput());
    }
    for (int i = 0; i < op.numOutputs(); i++) {
      bytes += bytes(op.output(i));
    }
    return bytes;
  }

  private static long bytes(Output<?> output) {
    Shape shape = output.shape();
    int each =
        switch (output.dataType()) {
          case DT_FLOAT, DT_INT32 -> 4;
          case DT_INT64 -> 8;
          case DT_BFLOAT16 -> 2;
          case DT_UINT8 -> 1;
          default -> 0; // handles and flags
        };
    return shape.isUnknown() || shape.hasUnknownDimension() ? 0 : each * shape.size();
  }

  private static Direction direction(GraphOperation op) {
    if (!op.name().startsWith("gradients")) {
      return Direction.FORWARD;
    }
    return kernel(op).isPresent() ? Direction.INPUT_GRADIENT : Direction.WEIGHT_GRADIENT;
  }

  private static String layer(GraphOperation op) {
    return kernel(op).or(() -> updated(op)).orElse("?").replace('.', '/').replace("/kernel", "");
  }

  /** Returns the variable that is one of the factors, if any. */
  private static Optional<String> kernel(GraphOperation op) {
    return op.type().equals("Conv2DBackpropFilter")
        ? Optional.empty()
        : op.inputs().stream().flatMap(factor -> variable(factor).stream()).findFirst();
  }

  private static Optional<String> variable(Operand<?> factor) {
    GraphOperation op = (GraphOperation) factor.asOutput().op();
    while (FORWARDING.contains(op.type()) && op.numInputs() > 0) {
      op = (GraphOperation) op.input(0).op();
    }
    return op.type().equals("VarHandleOp") ? Optional.of(op.name()) : Optional.empty();
  }

  /** Returns the variable whose update uses the product, if any. */
  private static Optional<String> updated(GraphOperation product) {
    Deque<GraphOperation> open = new ArrayDeque<>(List.of(product));
    Set<GraphOperation> seen = new HashSet<>();
    while (!open.isEmpty()) {
      for (GraphOperation op : open.pop().consumers()) {
        if (op.type().startsWith("ResourceApply")) {
          return Optional.of(op.input(0).op().name());
        }
        if (FORWARDING.contains(op.type()) && seen.add(op)) {
          open.push(op);
        }
      }
    }
    return Optional.empty();
  }
}
