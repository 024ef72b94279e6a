package org.sparring.layers;

import org.sparring.errors.NetException;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Dropout (Srivastava et al. 2014, JMLR 15): in training each value is set to 0 with probability p,
 * and the others are multiplied by 1/(1 − p), so that the expectation is unchanged. In inference,
 * and in a pass without random numbers (such as that of a probe), values are not changed.
 *
 * @param rate p, in [0, 1)
 */
public record Dropout(float rate) implements Layer {
  public Dropout {
    NetException.require(rate >= 0 && rate < 1, "dropout must lie in [0, 1), found " + rate);
  }

  @Override
  public Operand<TFloating> apply(Ops tf, Weights weights, Operand<TFloating> x, Pass pass) {
    if (pass.isInference() || pass.isMeasuring() || pass.noise().isEmpty() || rate == 0) {
      return x;
    }
    Noise noise = pass.noise().get();
    Operand<TInt32> shape = tf.shape(x);
    Operand<TFloat32> unit = noise.random(tf, "dropout").uniform(tf, shape);
    Operand<TFloat32> kept =
        tf.dtypes.cast(tf.math.greaterEqual(unit, tf.constant(rate)), TFloat32.class);
    Operand<TFloat32> scaled = tf.math.mul(kept, tf.constant(1 / (1 - rate)));
    return tf.math.mul(x, Activations.like(tf, scaled, x));
  }
}
