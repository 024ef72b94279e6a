package org.sparring.nets;

import java.util.List;
import org.sparring.graph.Batch;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A map from named inputs to samples: from latent vectors, G(z; θ), from latent vectors and class
 * labels, G(z, y; θ), or from samples of another kind.
 */
public interface Generator {

  /** The inputs, at least one. */
  List<Input> inputs();

  /** Length of a latent vector; 0 without latent vectors. */
  default int latent() {
    return inputs().stream()
        .filter(input -> input.name().equals(Input.LATENT))
        .mapToInt(input -> Math.toIntExact(input.shape().size()))
        .findFirst()
        .orElse(0);
  }

  /** Number of classes of the input {@code label}; 0 for an unconditional generator. */
  default int classes() {
    return inputs().stream()
        .filter(input -> input.name().equals(Input.LABEL))
        .mapToInt(Input::classes)
        .findFirst()
        .orElse(0);
  }

  /** Shape of one sample: (height, width, channels) of an image, (dimensions) of a point. */
  Shape sampleShape();

  /** Every float variable of the network, batch statistics included. */
  List<Variable<TFloat32>> variables();

  /**
   * Generates samples.
   *
   * @param weights θ: values of {@link #variables()}
   * @param inputs by their names, each (batch, shape of the input)
   * @return (batch, sample shape); images lie in [−1, 1]
   */
  Operand<TFloat32> generate(Ops tf, Weights weights, Batch inputs, Pass pass);

  /**
   * Generates samples from latent vectors alone.
   *
   * @param z (batch, latent)
   */
  default Operand<TFloat32> generate(Ops tf, Weights weights, Operand<TFloat32> z, Pass pass) {
    return generate(tf, weights, Batch.of(Input.LATENT, z), pass);
  }
}
