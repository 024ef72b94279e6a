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
 * The work that a step is: its products – convolutions, transposed ones, matrix products – read
 * from the graph, so that what is counted is what is run. A product of a convolution is counted
 * where the kernel lies over padding too, as libraries count it.
 */
final class StepWork {
  /** Between a variable and a product that reads it, or a product and the update that takes it. */
  private static final Set<String> FORWARDING =
      Set.of("Identity", "ReadVariableOp", "Reshape", "Transpose", "Cast", "AddN", "AddV2");

  private static final int LAST = 3;

  /** What a product is for. */
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
   * @param layer whose kernel it is, such as {@code generator/up0}
   * @param multiplyAdds a multiplication and an addition are one
   * @param bytes of its factors and of its result, each moved once
   */
  record Product(
      GraphOperation op, String layer, Direction direction, long multiplyAdds, long bytes) {}

  private final List<Product> products = new ArrayList<>();
  private long otherBytes;

  private StepWork() {}

  /** All that runs when an op runs. */
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

  /** That the products must move. */
  long productBytes() {
    return products.stream().mapToLong(Product::bytes).sum();
  }

  /** That all other ops of known shapes move where none is fused with another. */
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

  /** Of a product; 0 of any other op. */
  private static long multiplyAdds(GraphOperation op) {
    return switch (op.type()) {
      // each number of the result is a sum over the kernel and the channels that come in
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

  /** The variable that one of the factors is. */
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

  /** The variable whose update takes the product. */
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
