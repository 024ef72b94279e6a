package org.sparring.layers;

import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** One layer of a network: a pure function of weights and an input; see {@link Activations}. */
@FunctionalInterface
public interface Layer {
  Operand<TFloating> apply(Ops tf, Weights weights, Operand<TFloating> x, Pass pass);

  /**
   * Evaluates this layer as a whole network: input and output are float32; the pass determines the
   * type in between.
   */
  default Operand<TFloat32> evaluate(Ops tf, Weights weights, Operand<TFloat32> x, Pass pass) {
    return Activations.full(tf, apply(tf, weights, Activations.entering(tf, x, pass), pass));
  }

  /** Returns the composition of this layer and then {@code next}. */
  default Layer then(Layer next) {
    return new Chain(this, next);
  }
}
