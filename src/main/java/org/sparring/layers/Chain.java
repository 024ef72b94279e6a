package org.sparring.layers;

import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * Two layers, one after the other. The next layer is appended to the last one, which may join it.
 */
record Chain(Layer first, Layer last) implements Layer {
  @Override
  public Operand<TFloating> apply(Ops tf, Weights weights, Operand<TFloating> x, Pass pass) {
    return last.apply(tf, weights, first.apply(tf, weights, x, pass), pass);
  }

  @Override
  public Layer then(Layer next) {
    return new Chain(first, last.then(next));
  }
}
