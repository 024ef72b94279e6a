package org.sparring.translation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Adds running statistics to averaged weights, which have none of their own. */
final class Statistics {
  private Statistics() {}

  /**
   * @param averaged trained weights of a player
   * @param variables all variables of the player
   */
  static Weights with(Ops tf, Weights averaged, List<Variable<TFloat32>> variables) {
    Map<Variable<TFloat32>, Operand<TFloat32>> statistics = new HashMap<>();
    variables.stream().filter(v -> !v.trainable()).forEach(v -> statistics.put(v, v.read(tf)));
    return averaged.with(statistics);
  }
}
