package org.sparring.optimizers;

import java.util.List;
import java.util.Optional;
import org.sparring.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Turns a player's gradients into updates of its weights. */
public interface Optimizer {

  /** Returns the learning rate α as a function of the number of updates. */
  LearningRate rate();

  /**
   * Returns the names of the slots kept for each variable, for example Adam's m and v. A slot has
   * the variable's shape and starts at 0.
   */
  List<String> slots();

  /**
   * Returns the rule for one update.
   *
   * @param updates number of updates so far, scalar; 0 before the first
   */
  Update at(Ops tf, Operand<TInt64> updates);

  /** The rule for one update, the same for every variable of a player. */
  interface Update {

    /**
     * Returns the update without applying it, for game rules that look ahead or differentiate
     * through an update.
     *
     * @param gradient gradient, in the variable's shape
     * @param slots values of the slots before the update
     */
    Change of(Ops tf, Operand<TFloat32> gradient, List<Operand<TFloat32>> slots);

    /**
     * Returns the value that this update subtracted, computed from the slots after the update;
     * empty if the slots do not determine it.
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
   * @param descent value that is subtracted from the variable
   * @param slots values of the slots after the update
   */
  record Change(Operand<TFloat32> descent, List<Operand<TFloat32>> slots) {}
}
