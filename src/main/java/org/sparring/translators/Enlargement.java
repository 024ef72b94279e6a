package org.sparring.translators;

import java.util.List;
import org.sparring.graph.Batch;
import org.sparring.graph.Gradients;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.ImageLayers;
import org.sparring.layers.Layer;
import org.sparring.layers.Pass;
import org.sparring.nets.Generator;
import org.sparring.nets.Input;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A network that corrects images or enlarges them: what it computes is added to the bicubic
 * enlargement, or to the image itself if the scale is 1. In inference the result is clipped to [−1,
 * 1].
 *
 * @param net (batch, h, w, channels) → (batch, scale·h, scale·w, channels)
 */
record Enlargement(Layer net, int channels, int scale, List<Variable<TFloat32>> variables)
    implements Generator {
  @Override
  public List<Input> inputs() {
    return List.of(Translator.input(channels));
  }

  @Override
  public Shape sampleShape() {
    return Translator.anySize(channels);
  }

  @Override
  public Operand<TFloat32> generate(Ops tf, Weights weights, Batch inputs, Pass pass) {
    Input.require(inputs(), inputs);
    Operand<TFloat32> small = inputs.floats(Translator.IMAGE);
    if (scale == 1 && !pass.isInference()) {
      // the image may be another network's, whose gradient is then a sum of three
      small = Gradients.apart(tf, small);
    }
    Operand<TFloat32> start = scale == 1 ? small : ImageLayers.enlarged(tf, small, scale);
    Operand<TFloat32> sum = tf.math.add(start, net.evaluate(tf, weights, small, pass));
    return pass.isInference() ? tf.clipByValue(sum, tf.constant(-1f), tf.constant(1f)) : sum;
  }
}
