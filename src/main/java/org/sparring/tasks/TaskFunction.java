package org.sparring.tasks;

import java.util.List;
import java.util.Optional;
import org.sparring.errors.NetException;
import org.sparring.graph.Batch;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.sparring.nets.Generator;
import org.sparring.nets.Input;
import org.sparring.nets.PictureForm;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
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
 * @param picture of a function that maps pictures of any size to pictures; it has one input of the
 *     shape (unknown, unknown, channels)
 */
public record TaskFunction(
    String name, List<Input> inputs, String output, Body body, Optional<PictureForm> picture) {
  private static final int AXES = 3;

  public TaskFunction {
    inputs = List.copyOf(inputs);
    NetException.require(
        picture.isEmpty() || inputs.size() == 1 && isPicture(inputs.get(0)),
        name + ": expected one input of pictures of any size, found " + inputs);
  }

  /** A function of samples of one shape. */
  public TaskFunction(String name, List<Input> inputs, String output, Body body) {
    this(name, inputs, output, body, Optional.empty());
  }

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

  /**
   * The pictures of a generator that maps pictures to pictures, of any size.
   *
   * @param generator with one input, (height, width, channels); height and width are ignored
   * @param output name of the pictures
   */
  public static TaskFunction of(String name, Generator generator, String output, PictureForm form) {
    List<Input> inputs = generator.inputs().stream().map(TaskFunction::ofAnySize).toList();
    Body body = of(name, generator, output).body();
    return new TaskFunction(name, inputs, output, body, Optional.of(form));
  }

  private static Input ofAnySize(Input input) {
    Shape shape = input.shape();
    return shape.numDimensions() == AXES
        ? Input.floats(
            input.name(), Shape.of(Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE, shape.get(AXES - 1)))
        : input;
  }

  private static boolean isPicture(Input input) {
    Shape shape = input.shape();
    return input.classes() == 0
        && shape.numDimensions() == AXES
        && shape.get(0) == Shape.UNKNOWN_SIZE
        && shape.get(1) == Shape.UNKNOWN_SIZE
        && shape.get(2) > 0;
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
