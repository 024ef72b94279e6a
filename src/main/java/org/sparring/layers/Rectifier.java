package org.sparring.layers;

import org.sparring.graph.Rectified;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.family.TFloating;

/**
 * ReLU, or leaky ReLU (Maas et al. 2013): x where x is positive, and leak·x elsewhere.
 *
 * @param leak slope below 0, at least 0; 0 is ReLU
 */
record Rectifier(float leak) implements Layer {
  private static final int IMAGES = 4;

  @Override
  public Operand<TFloating> apply(Ops tf, Weights weights, Operand<TFloating> x, Pass pass) {
    // Images only: TensorFlow joins product, bias and rectifier if it can, which gives the same
    // bits
    // for convolutions, but others for a product of matrices.
    if (!pass.isInference() && x.shape().numDimensions() == IMAGES) {
      return Rectified.of(tf, x, leak);
    }
    return leak == 0 ? tf.nn.relu(x) : tf.nn.leakyRelu(x, LeakyRelu.alpha(leak));
  }
}
