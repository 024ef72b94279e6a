package org.sparring.layers;

import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/**
 * Keys for the random numbers of layers such as dropout in one evaluation. The keys are functions
 * of the run's seed and the step; there is no hidden random state.
 *
 * @param keys function (ops, purpose) → key, (2) int64; every call returns a different key
 */
public record Noise(BiFunction<Ops, String, Operand<TInt64>> keys) {

  /** Returns a key that no other layer of the step uses, (2) int64. */
  Operand<TInt64> key(Ops tf, String purpose) {
    return keys.apply(tf, purpose);
  }
}
