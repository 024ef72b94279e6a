package org.sparring.nets;

import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a layer multiplies by, as a function of weights. */
@FunctionalInterface
interface Kernel {
  /** (…, in, out). */
  Operand<TFloat32> at(Ops tf, Weights weights, Pass pass);
}
