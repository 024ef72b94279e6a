package org.sparring.nets;

import java.util.List;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A map from latent vectors to samples, G(z; θ), or from latent vectors and classes, G(z, y; θ).
 */
public interface Generator {

  /** Length of a latent vector. */
  int latent();

  /** Returns the number of classes; 0 for an unconditional generator. */
  default int classes() {
    return 0;
  }

  /** Shape of one sample: (height, width, channels) of an image, (dimensions) of a point. */
  Shape sampleShape();

  /** Every float variable it is a function of, batch statistics included. */
  List<Variable<TFloat32>> variables();

  /**
   * @param weights θ: values of {@link #variables()}
   * @param z latent vectors, (batch, latent)
   * @param condition requested class labels, for a conditional generator
   * @return samples, (batch, sample shape); images lie in [−1, 1]
   */
  Operand<TFloat32> generate(
      Ops tf, Weights weights, Operand<TFloat32> z, Condition condition, Pass pass);

  /** Generates samples without class labels. */
  default Operand<TFloat32> generate(Ops tf, Weights weights, Operand<TFloat32> z, Pass pass) {
    return generate(tf, weights, z, Condition.NONE, pass);
  }
}
