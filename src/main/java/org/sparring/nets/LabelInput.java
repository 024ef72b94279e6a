package org.sparring.nets;

import java.util.stream.IntStream;
import org.sparring.errors.NetException;
import org.sparring.graph.Batch;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** The class labels among the inputs of a network, {@link Input#LABEL}. */
public final class LabelInput {
  private LabelInput() {}

  /**
   * Returns labels that cover all classes equally, in class order: first all of class 0, then all
   * of class 1; no labels for an unconditional generator.
   *
   * @param batch number of labels
   */
  public static Batch inOrder(Ops tf, Generator generator, int batch) {
    int classes = generator.classes();
    return classes == 0
        ? Batch.NONE
        : of(
            tf.constant(
                IntStream.range(0, batch).map(i -> (int) ((long) i * classes / batch)).toArray()));
  }

  /** The class of each sample, (batch), from 0. */
  public static Batch of(Operand<TInt32> labels) {
    return Batch.of(Input.LABEL, labels);
  }

  /** The labels of a conditional network. */
  static Operand<TInt32> required(Batch inputs) {
    NetException.require(
        inputs.has(Input.LABEL),
        "a conditional network needs the label of each sample, found none");
    return inputs.integers(Input.LABEL);
  }

  /** Refuses labels for an unconditional network, which would ignore them. */
  static void requireNone(Batch conditions) {
    NetException.require(
        !conditions.has(Input.LABEL),
        "expected no labels for an unconditional network, found some");
  }
}
