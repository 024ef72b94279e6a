package org.sparring.games;

import java.util.ArrayList;
import java.util.List;
import org.sparring.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Writes the values that a rule stores between steps. */
final class Memory {
  private Memory() {}

  static List<Operand<TFloat32>> read(Ops tf, List<Variable<TFloat32>> memory) {
    return memory.stream().<Operand<TFloat32>>map(v -> v.read(tf)).toList();
  }

  static List<Op> assign(Ops tf, List<Variable<TFloat32>> memory, List<Operand<TFloat32>> values) {
    List<Op> writes = new ArrayList<>();
    for (int i = 0; i < memory.size(); i++) {
      writes.add(memory.get(i).assign(tf, values.get(i)));
    }
    return writes;
  }

  /**
   * Overwrites stored values after a player's step, which has read them, and makes the write part
   * of that step.
   */
  static Player.Step write(
      Ops tf, List<Variable<TFloat32>> memory, List<Operand<TFloat32>> values, Player.Step step) {
    Ops then = tf.withControlDependencies(List.of(step.done()));
    List<Op> writes = assign(then, memory, values);
    return new Player.Step(
        tf.withControlDependencies(writes).noOp(), step.writes(), step.updates());
  }
}
