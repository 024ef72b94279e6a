package org.sparring.nets;

import java.util.Optional;
import java.util.stream.IntStream;
import org.sparring.errors.NetException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/**
 * What a network is conditioned on besides its input: the class label of each sample, or nothing.
 *
 * @param labels (batch), from 0; empty for an unconditional pass
 */
public record Condition(Optional<Operand<TInt32>> labels) {
  /** An unconditional pass. */
  public static final Condition NONE = new Condition(Optional.empty());

  /** The class of each sample, (batch), from 0. */
  public static Condition of(Operand<TInt32> labels) {
    return new Condition(Optional.of(labels));
  }

  /**
   * Returns labels that cover all classes equally, in class order: first all of class 0, then all
   * of class 1; no labels for an unconditional generator.
   */
  public static Condition inTurn(Ops tf, Generator generator, int batch) {
    int classes = generator.classes();
    return classes == 0
        ? NONE
        : of(
            tf.constant(
                IntStream.range(0, batch).map(i -> (int) ((long) i * classes / batch)).toArray()));
  }

  /** The labels, of a network that cannot do without. */
  Operand<TInt32> required() {
    return labels.orElseThrow(
        () -> new NetException("a conditional network needs the label of each sample, found none"));
  }

  /** Rejects labels for an unconditional network, which would otherwise ignore them silently. */
  void requireNone() {
    NetException.require(
        labels.isEmpty(), "an unconditional network is told no labels, found some");
  }
}
