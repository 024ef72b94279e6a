package org.sparring.nets;

import java.util.List;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Layer;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A generator made of layers.
 *
 * @param net (batch, latent) → (batch, sample shape)
 * @param latent length of a latent vector
 * @param sampleShape shape of one sample, without the batch
 * @param variables of the layers; see {@link org.sparring.layers.Layers#variables}
 */
public record LayeredGenerator(
    Layer net, int latent, Shape sampleShape, List<Variable<TFloat32>> variables)
    implements Generator {
  @Override
  public Operand<TFloat32> generate(
      Ops tf, Weights weights, Operand<TFloat32> z, Condition condition, Pass pass) {
    condition.requireNone();
    return net.evaluate(tf, weights, z, pass);
  }
}
