package org.sparring.tasks;

import java.util.Map;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A function that an exported model of a task offers, such as {@code translate}: it becomes a
 * signature of the SavedModel.
 *
 * @param name of the signature
 * @param inputs name to the shape of one sample; every input is a batch of these, float32
 * @param output name of the output
 * @param body what is computed
 */
public record TaskFunction(String name, Map<String, Shape> inputs, String output, Body body) {

  /** What is computed. */
  @FunctionalInterface
  public interface Body {
    /**
     * @param generator averaged weights of the generator player
     * @param inputs batches by their names
     * @return a batch
     */
    Operand<TFloat32> at(Ops tf, Weights generator, Map<String, Operand<TFloat32>> inputs);
  }
}
