package org.sparring.layers;

import java.util.function.BiFunction;
import org.sparring.replicas.RandomRows;
import org.tensorflow.op.Ops;

/**
 * Random numbers of layers such as dropout in one evaluation: functions of the run's seed and the
 * step, without any hidden random state.
 *
 * @param source function (ops, purpose) → random numbers; every call returns others
 */
public record Noise(BiFunction<Ops, String, RandomRows> source) {

  /** Returns random numbers that no other layer of the step uses. */
  RandomRows random(Ops tf, String purpose) {
    return source.apply(tf, purpose);
  }
}
