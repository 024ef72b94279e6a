package org.sparring.graph;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.data.LeakyReluGrad;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.FusedBatchNormGrad;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * ReLU and leaky ReLU whose gradients read the output instead of the input: the two have the same
 * sign, so the gradients are equal to the bit. TensorFlow's C++ gradients read the input, which
 * then stays in memory until the backward pass. Without that reader, leaky ReLU overwrites the
 * result of a batch normalisation, and on a CPU ReLU becomes a part of it.
 */
public final class Rectified {
  /** This gradient's name in {@link Carrier}. */
  static final String GRADIENT = "rectified";

  private static final int NORMALIZED = 6;

  private Rectified() {}

  /**
   * Returns x where x is positive, and leak·x elsewhere.
   *
   * @param leak slope below 0, at least 0
   */
  public static <T extends TFloating> Operand<T> of(Ops tf, Operand<T> x, float leak) {
    return Carrier.of(tf, GRADIENT, forward(tf, x, leak), List.of(x), leak);
  }

  /**
   * Returns the rectified result of a batch normalisation by the moments of the minibatch. No other
   * op may read the result before it is rectified.
   */
  public static <T extends TFloating> Operand<T> of(
      Ops tf, FusedBatchNorm<T, TFloat32> norm, float leak) {
    GraphOperation op = (GraphOperation) norm.op();
    List<Operand<?>> inputs =
        List.of(
            op.input(0),
            op.input(1),
            op.input(2),
            norm.reserveSpace1(),
            norm.reserveSpace2(),
            norm.reserveSpace3());
    float epsilon = op.attributes().getAttrFloat("epsilon");
    return Carrier.of(tf, GRADIENT, forward(tf, norm.y(), leak), inputs, leak, epsilon);
  }

  /** Returns the same values by TensorFlow's own op and gradient. */
  public static <T extends TFloating> Operand<T> forward(Ops tf, Operand<T> x, float leak) {
    return leak == 0 ? tf.nn.relu(x) : tf.nn.leakyRelu(x, LeakyRelu.alpha(leak));
  }

  /** Returns the gradients by x, or by x, scale and offset of a batch normalisation. */
  static List<Operand<?>> gradients(Ops tf, GraphOperation carrier, List<Output<?>> upstream) {
    float[] numbers = Carrier.numbers(carrier);
    float leak = numbers[0];
    Operand<TFloating> g = Carrier.floating(upstream.get(0));
    Operand<TFloating> y = Carrier.floating(carrier.input(0));
    Operand<TFloating> byX =
        leak == 0 ? tf.nn.reluGrad(g, y) : tf.data.leakyReluGrad(g, y, LeakyReluGrad.alpha(leak));
    if (carrier.numInputs() <= NORMALIZED) {
      return Arrays.asList(null, byX);
    }
    var norm =
        tf.nn.fusedBatchNormGrad(
            byX,
            Carrier.floating(carrier.input(1)),
            vector(carrier, 2),
            vector(carrier, 4),
            vector(carrier, 5),
            vector(carrier, 6),
            FusedBatchNormGrad.epsilon(numbers[1]));
    return Arrays.asList(
        null, norm.xBackprop(), norm.scaleBackprop(), norm.offsetBackprop(), null, null, null);
  }

  private static Operand<TFloat32> vector(GraphOperation carrier, int input) {
    return carrier.input(input).expect(TFloat32.class);
  }
}
