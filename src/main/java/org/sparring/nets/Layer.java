package org.sparring.nets;

import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** One step of a network: a pure function of weights and an input. */
@FunctionalInterface
interface Layer {
  Operand<TFloat32> apply(Ops tf, Weights weights, Operand<TFloat32> x, Pass pass);

  /** This layer, then another. */
  default Layer then(Layer next) {
    return (tf, weights, x, pass) -> next.apply(tf, weights, apply(tf, weights, x, pass), pass);
  }
}
