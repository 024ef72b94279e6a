package org.sparring.layers;

import org.sparring.errors.NetException;
import org.sparring.graph.Rectified;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * ReLU, or leaky ReLU (Maas et al. 2013): x where x is positive, and leak·x elsewhere.
 *
 * @param leak slope below 0, at least 0; 0 is ReLU
 */
record Rectifier(float leak) implements Layer {
  private static final int IMAGES = 4;

  Rectifier {
    NetException.require(
        leak >= 0 && Float.isFinite(leak), "leak must be at least 0 and finite, found " + leak);
  }

  @Override
  public Operand<TFloating> apply(Ops tf, Weights weights, Operand<TFloating> x, Pass pass) {
    // Images only: without the second reader of its sum, TensorFlow makes one op of product, bias
    // and rectifier. Convolutions keep their bits in it, products of matrices do not.
    if (!pass.isInference() && x.shape().numDimensions() == IMAGES) {
      return Rectified.of(tf, x, leak);
    }
    return Rectified.forward(tf, x, leak);
  }
}
