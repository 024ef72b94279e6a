package org.sparring.nets;

import java.util.List;
import org.sparring.graph.Batch;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Layer;
import org.sparring.layers.Layers;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Projection discriminator (Miyato and Koyama 2018, arXiv 1802.05637, equation 3): the logit of x
 * and y is ψ(φ(x)) + v(y)·φ(x), in which log p(y|x) of both distributions is a linear model in φ.
 *
 * @param features φ: samples → (batch, features)
 * @param logit ψ: (batch, features) → (batch, 1)
 * @param classVector v: one-hot classes, (batch, classes) → (batch, features)
 * @param classes number of classes
 */
record ProjectionDiscriminator(
    Layer features, Layer logit, Layer classVector, int classes, List<Variable<TFloat32>> variables)
    implements Discriminator {
  private static final int[] FEATURES = {1};

  @Override
  public Judgement judgement(
      Ops tf, Weights weights, Operand<TFloat32> x, Batch conditions, Pass pass) {
    Operand<TFloat32> y = Layers.oneHot(tf, LabelInput.required(conditions), classes);
    Operand<TFloat32> phi = features.evaluate(tf, weights, x, pass);
    Pass head = pass.full();
    Operand<TFloat32> v = classVector.evaluate(tf, weights, y, head);
    Operand<TFloat32> projection = tf.expandDims(dot(tf, v, phi), tf.constant(1)); // (batch, 1)
    return new Judgement(tf.math.add(logit.evaluate(tf, weights, phi, head), projection));
  }

  /** Inner product of each row of a with the same row of b, (batch). */
  private static Operand<TFloat32> dot(Ops tf, Operand<TFloat32> a, Operand<TFloat32> b) {
    return tf.sum(tf.math.mul(a, b), tf.constant(FEATURES));
  }
}
