package org.sparring.nets;

import java.util.List;
import java.util.stream.Stream;
import org.sparring.graph.Batch;
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
  public List<Input> inputs() {
    long latent = inner.latent() - table.shape().get(1);
    int classes = Math.toIntExact(table.shape().get(0));
    return Stream.concat(
            inner.inputs().stream().map(i -> isLatent(i) ? Input.latent(latent) : i),
            Stream.of(Input.label(classes)))
        .toList();
  }

  private static boolean isLatent(Input input) {
    return input.name().equals(Input.LATENT);
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
  public Operand<TFloat32> generate(Ops tf, Weights weights, Batch inputs, Pass pass) {
    Operand<TFloat32> y = Layers.oneHot(tf, LabelInput.required(inputs), classes());
    Operand<TFloat32> embedded = tf.linalg.matMul(y, weights.get(table)); // (batch, embedding)
    List<Operand<TFloat32>> joined = List.of(inputs.floats(Input.LATENT), embedded);
    Batch others = inputs.without(Input.LABEL);
    return inner.generate(
        tf, weights, others.with(Input.LATENT, tf.concat(joined, tf.constant(1))), pass);
  }
}
