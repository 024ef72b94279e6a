package org.sparring.layers;

import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** The kernel of a layer as a function of the weights. */
@FunctionalInterface
interface Kernel {
  /** Returns the kernel, (…, in, out). */
  Operand<TFloat32> at(Ops tf, Weights weights, Pass pass);

  /** Returns the kernel in the type of the activations that it multiplies. */
  default Operand<TFloating> at(Ops tf, Weights weights, Operand<TFloating> x, Pass pass) {
    return Activations.like(tf, at(tf, weights, pass), x);
  }
}
