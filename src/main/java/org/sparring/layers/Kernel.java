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

  /** Returns the layer that multiplies its input by this kernel. */
  default Layer multiplied(Product product) {
    return (tf, weights, x, pass) -> {
      Operand<TFloating> kernel = Activations.like(tf, at(tf, weights, pass), x);
      return product.of(
          tf, Activations.factor(tf, x, pass), Activations.factor(tf, kernel, pass), pass);
    };
  }

  /** A product of activations and a kernel, both of the same type. */
  @FunctionalInterface
  interface Product {
    Operand<TFloating> of(Ops tf, Operand<TFloating> x, Operand<TFloating> kernel, Pass pass);
  }
}
