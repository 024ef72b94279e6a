package org.sparring.nets;

import java.util.List;
import org.sparring.graph.Batch;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Layer;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A discriminator made of layers.
 *
 * @param net (batch, sample shape) → (batch, 1), logits
 * @param variables of the layers; see {@link org.sparring.layers.Layers#variables}
 */
public record LayeredDiscriminator(Layer net, List<Variable<TFloat32>> variables)
    implements Discriminator {
  @Override
  public Judgement judgement(
      Ops tf, Weights weights, Operand<TFloat32> x, Batch conditions, Pass pass) {
    LabelInput.requireNone(conditions);
    return new Judgement(net.evaluate(tf, weights, x, pass));
  }
}
