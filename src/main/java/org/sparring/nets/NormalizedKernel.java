package org.sparring.nets;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.sparring.graph.Batch;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A kernel whose products go to a batch normalisation and nowhere else. All but the last two
 * components are names of variables.
 *
 * @param outputs axis of the kernel's output channels
 * @param epsilon ε of the batch normalisation
 */
record NormalizedKernel(
    String kernel,
    String scale,
    String offset,
    String mean,
    String variance,
    int outputs,
    float epsilon) {
  /** Axis of the output channels in the kernels of each op; input 1 is the kernel. */
  private static final Map<String, Integer> OUTPUTS =
      Map.of("MatMul", 1, "Conv2D", 3, "Conv2DBackpropInput", 2);

  /** Inputs of the op by position: a transposed convolution multiplies its third. */
  private static final int KERNEL = 1;

  private static final int MOMENTS = 3;
  private static final String NORMALIZATION = "FusedBatchNormV3";
  private static final String READ = "ReadVariableOp";

  /** Finds all such kernels in a generator, by the ops that compute it. */
  static List<NormalizedKernel> of(Function<Variables, Generator> architecture) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Generator generator = architecture.apply(new Variables(tf, new Seeds(0)));
      Weights weights = Weights.read(tf, generator.variables());
      generator.generate(tf, weights, inputs(tf, generator), Pass.inference());
      List<NormalizedKernel> found = new ArrayList<>();
      for (Iterator<GraphOperation> i = graph.operations(); i.hasNext(); ) {
        GraphOperation op = i.next();
        if (op.type().equals(NORMALIZATION)) {
          inFrontOf(op).ifPresent(found::add);
        }
      }
      return found;
    }
  }

  private static Batch inputs(Ops tf, Generator generator) {
    Batch labels =
        generator.classes() == 0
            ? Batch.NONE
            : LabelInput.of(tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(1))));
    Shape z = Shape.of(1, generator.latent());
    return labels.with(Input.LATENT, tf.placeholder(TFloat32.class, Placeholder.shape(z)));
  }

  private static Optional<NormalizedKernel> inFrontOf(GraphOperation normalization) {
    GraphOperation product = producer(normalization, 0);
    if (product.type().equals("Reshape") && isOnlyFor(product, normalization)) {
      GraphOperation reshape = product;
      product = producer(reshape, 0);
      if (!product.type().equals("MatMul") || !isOnlyFor(product, reshape)) {
        return Optional.empty();
      }
    } else if (!isOnlyFor(product, normalization)) {
      return Optional.empty();
    }
    if (!OUTPUTS.containsKey(product.type())
        || !isOnlyKernelOf(producer(product, KERNEL), product)) {
      return Optional.empty();
    }
    return Optional.of(
        new NormalizedKernel(
            variable(product, KERNEL),
            variable(normalization, 1),
            variable(normalization, 2),
            variable(normalization, MOMENTS),
            variable(normalization, MOMENTS + 1),
            OUTPUTS.get(product.type()),
            normalization.attributes().getAttrFloat("epsilon")));
  }

  private static boolean isOnlyKernelOf(GraphOperation read, GraphOperation product) {
    return read.type().equals(READ)
        && isOnlyFor(read, product)
        && producer(read, 0).consumers().stream().filter(op -> op.type().equals(READ)).count() == 1;
  }

  /** Whether one op uses the values of another; any op may use their shape. */
  private static boolean isOnlyFor(GraphOperation op, GraphOperation user) {
    return op.consumers().stream()
        .filter(consumer -> !consumer.type().equals("Shape"))
        .allMatch(consumer -> consumer.name().equals(user.name()));
  }

  private static String variable(GraphOperation op, int input) {
    return producer(producer(op, input), 0).attributes().getAttrString("shared_name");
  }

  private static GraphOperation producer(GraphOperation op, int input) {
    return (GraphOperation) op.inputs().get(input).op();
  }
}
