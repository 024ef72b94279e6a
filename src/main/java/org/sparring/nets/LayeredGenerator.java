package org.sparring.nets;

import java.util.List;
import org.sparring.graph.Batch;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Layer;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A generator made of layers, with one input.
 *
 * @param net (batch, shape of the input) → (batch, sample shape)
 * @param input of real numbers
 * @param sampleShape shape of one sample, without the batch
 * @param variables of the layers; see {@link org.sparring.layers.Layers#variables}
 */
public record LayeredGenerator(
    Layer net, Input input, Shape sampleShape, List<Variable<TFloat32>> variables)
    implements Generator {

  /**
   * A generator of latent vectors.
   *
   * @param latent length of a latent vector
   */
  public LayeredGenerator(
      Layer net, int latent, Shape sampleShape, List<Variable<TFloat32>> variables) {
    this(net, Input.latent(latent), sampleShape, variables);
  }

  @Override
  public List<Input> inputs() {
    return List.of(input);
  }

  @Override
  public Operand<TFloat32> generate(Ops tf, Weights weights, Batch inputs, Pass pass) {
    Input.require(inputs(), inputs);
    return net.evaluate(tf, weights, inputs.floats(input.name()), pass);
  }
}
