package org.sparring.tasks;

import java.util.List;
import org.sparring.graph.Batch;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.nets.Generator;
import org.sparring.nets.Input;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A function that an exported model of a task offers, such as {@code translate}: it becomes a
 * signature of the SavedModel.
 *
 * @param name of the signature
 * @param inputs each a batch of samples of the input's shape
 * @param output name of the output
 * @param body what is computed
 */
public record TaskFunction(String name, List<Input> inputs, String output, Body body) {

  /**
   * The samples of a generator, with its inputs.
   *
   * @param output name of the samples
   */
  public static TaskFunction of(String name, Generator generator, String output) {
    return new TaskFunction(
        name,
        generator.inputs(),
        output,
        (tf, weights, inputs) -> generator.generate(tf, weights, inputs, Pass.inference()));
  }

  /** What is computed. */
  @FunctionalInterface
  public interface Body {
    /**
     * @param generator averaged weights of the generator player
     * @param inputs batches by their names
     * @return a batch
     */
    Operand<TFloat32> at(Ops tf, Weights generator, Batch inputs);
  }
}
