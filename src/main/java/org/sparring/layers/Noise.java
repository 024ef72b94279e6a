package org.sparring.layers;

import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/**
 * Keys of the random numbers that layers use in one evaluation, such as dropout: functions of the
 * run's seed and the step, so that nothing is drawn from hidden state.
 *
 * @param keys (ops, purpose) → key, (2) int64; every call gives another one
 */
public record Noise(BiFunction<Ops, String, Operand<TInt64>> keys) {

  /** A key that no other layer of the step has, (2) int64. */
  Operand<TInt64> key(Ops tf, String purpose) {
    return keys.apply(tf, purpose);
  }
}
