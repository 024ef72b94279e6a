package org.sparring.nets;

import java.util.List;
import java.util.stream.Stream;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Layers;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Makes an unconditional generator conditional: it is given z and a learned vector of the class,
 * one after the other, (batch, latent + embedding).
 *
 * @param inner takes latent vectors of {@code latent + embedding}
 * @param table a vector a class, (classes, embedding)
 */
record ConditionalGenerator(Generator inner, Variable<TFloat32> table) implements Generator {
  @Override
  public int latent() {
    return inner.latent() - Math.toIntExact(table.shape().get(1));
  }

  @Override
  public int classes() {
    return Math.toIntExact(table.shape().get(0));
  }

  @Override
  public Shape sampleShape() {
    return inner.sampleShape();
  }

  @Override
  public List<Variable<TFloat32>> variables() {
    return Stream.concat(Stream.of(table), inner.variables().stream()).toList();
  }

  @Override
  public Operand<TFloat32> generate(
      Ops tf, Weights weights, Operand<TFloat32> z, Condition condition, Pass pass) {
    Operand<TFloat32> y = Layers.oneHot(tf, condition.required(), classes());
    Operand<TFloat32> embedded = tf.linalg.matMul(y, weights.get(table)); // (batch, embedding)
    return inner.generate(tf, weights, tf.concat(List.of(z, embedded), tf.constant(1)), pass);
  }
}
