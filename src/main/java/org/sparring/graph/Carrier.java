package org.sparring.graph;

import java.util.List;
import java.util.Map;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.RawCustomGradient;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * A result whose gradient is not TensorFlow's.
 *
 * <p>TensorFlow's gradient of an op cannot be replaced. The result therefore passes an IdentityN
 * together with all that its gradient needs. TensorFlow has no gradient for IdentityN, so one can
 * be registered. It returns gradients for what the result depends on, and none for the result (but
 * {@link Gradients#apart} carries the result alone, and returns its gradient).
 *
 * <p>Numbers travel as attributes of the op: in a gradient function the graph is locked, and a
 * question for a shape would never return.
 */
final class Carrier {
  /** The op that carries. */
  static final String TYPE = "IdentityN";

  private static final String GRADIENT = "_gradient";
  private static final String NUMBERS = "_numbers";
  private static final Map<String, RawCustomGradient> GRADIENTS =
      Map.of(
          Gradients.APART, Gradients::ofApart,
          StridedProducts.GRADIENT, StridedProducts::gradients,
          Rectified.GRADIENT, Rectified::gradients,
          SharedNormalization.GRADIENT, SharedNormalization::gradients);

  private Carrier() {}

  /**
   * Returns the result.
   *
   * @param gradient a key of {@link #GRADIENTS}
   * @param result what the following ops read
   * @param inputs what the gradient needs
   * @param numbers what else it needs
   */
  static <T extends TFloating> Operand<T> of(
      Ops tf, String gradient, Operand<T> result, List<Operand<?>> inputs, float... numbers) {
    Output<?>[] carried = new Output<?>[1 + inputs.size()];
    carried[0] = result.asOutput();
    for (int i = 0; i < inputs.size(); i++) {
      carried[i + 1] = inputs.get(i).asOutput();
    }
    Operation carrier =
        tf.scope()
            .opBuilder(TYPE, "Carried")
            .addInputList(carried)
            .setAttr(GRADIENT, gradient)
            .setAttr(NUMBERS, numbers)
            .build();
    return carrier.<T>output(0);
  }

  /** The name of a carrier's gradient. */
  static String gradient(GraphOperation carrier) {
    return carrier.attributes().getAttrString(GRADIENT);
  }

  static float[] numbers(GraphOperation carrier) {
    return carrier.attributes().getAttrFloatList(NUMBERS);
  }

  /** The gradients of a carrier: none for the result, then one for each of its inputs. */
  static List<Operand<?>> gradients(Ops tf, GraphOperation carrier, List<Output<?>> upstream) {
    return GRADIENTS.get(gradient(carrier)).call(tf, carrier, upstream);
  }

  @SuppressWarnings("unchecked") // float32 or bfloat16
  static Output<TFloating> floating(Output<? extends TType> x) {
    return (Output<TFloating>) x;
  }
}
