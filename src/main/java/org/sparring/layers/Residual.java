package org.sparring.layers;

import org.sparring.graph.Gradients;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * y = f(x) + s(x) (He et al. 2016, arXiv 1512.03385, equation 2).
 *
 * @param branch f
 * @param shortcut s: the identity, or a layer that converts x to the shape of f(x)
 */
public record Residual(Layer branch, Layer shortcut) implements Layer {
  @Override
  public Operand<TFloating> apply(Ops tf, Weights weights, Operand<TFloating> x, Pass pass) {
    // several readers in the branch and the shortcut would be a sum of three gradients
    Operand<TFloating> apart = pass.isInference() ? x : Gradients.apart(tf, x);
    return tf.math.add(
        branch.apply(tf, weights, apart, pass), shortcut.apply(tf, weights, x, pass));
  }
}
