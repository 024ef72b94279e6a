package org.sparring.optimizers;

import java.util.List;
import java.util.Optional;
import org.sparring.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** How a player turns a gradient into a change of its weights. */
public interface Optimizer {

  /** The rate α by update. */
  LearningRate rate();

  /**
   * Returns the names of the slots kept for each variable, for example Adam's m and v. A slot has
   * the variable's shape and starts at 0.
   */
  List<String> slots();

  /**
   * The optimizer as it is at one update.
   *
   * @param updates made so far, scalar; 0 before the first
   */
  Update at(Ops tf, Operand<TInt64> updates);

  /** One update, the same for every variable of a player. */
  interface Update {

    /**
     * The change as a function: rules that look ahead, or differentiate through an update, need it.
     *
     * @param gradient in the variable's shape
     * @param slots as they are before the update
     */
    Change of(Ops tf, Operand<TFloat32> gradient, List<Operand<TFloat32>> slots);

    /**
     * Returns what this update subtracted, computed from the slots after it; empty if the slots do
     * not determine it.
     */
    Optional<Operand<TFloat32>> descent(Ops tf, List<Operand<TFloat32>> slots);

    /** Applies the same update in place, with one fused op. */
    Op apply(
        Ops tf,
        Variable<TFloat32> variable,
        List<Variable<TFloat32>> slots,
        Operand<TFloat32> gradient);
  }

  /**
   * The result of an update for one variable.
   *
   * @param descent what is subtracted from the variable
   * @param slots after the update
   */
  record Change(Operand<TFloat32> descent, List<Operand<TFloat32>> slots) {}
}
