package org.sparring.games;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.Pack;
import org.sparring.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The variables of a player that one op updates: all variables of a {@link Pack}, or one variable.
 *
 * @param whole the pack or the variable
 * @param slots of the optimizer for {@code whole}
 * @param indices of the variables among the player's trainable variables, in the order of the pack
 * @param packed whether {@code whole} is a pack
 */
record MovedTogether(
    Variable<TFloat32> whole,
    List<Variable<TFloat32>> slots,
    List<Integer> indices,
    boolean packed) {

  /**
   * @param slots of each variable
   */
  static List<MovedTogether> of(
      List<Variable<TFloat32>> trainable, List<List<Variable<TFloat32>>> slots) {
    Map<Variable<TFloat32>, List<Integer>> wholes = new LinkedHashMap<>();
    for (int i = 0; i < trainable.size(); i++) {
      wholes.computeIfAbsent(trainable.get(i).whole(), whole -> new ArrayList<>()).add(i);
    }
    List<MovedTogether> parts = new ArrayList<>();
    wholes.forEach((whole, indices) -> parts.add(of(trainable, slots, whole, indices)));
    return parts;
  }

  private static MovedTogether of(
      List<Variable<TFloat32>> trainable,
      List<List<Variable<TFloat32>>> slots,
      Variable<TFloat32> whole,
      List<Integer> indices) {
    indices.sort(
        Comparator.comparingInt(i -> trainable.get(i).place().map(Pack.Place::row).orElse(0)));
    int first = indices.get(0);
    return new MovedTogether(
        whole,
        slots.get(first).stream().map(Variable::whole).toList(),
        indices,
        trainable.get(first).isPacked());
  }

  /**
   * Returns the gradient of {@code whole} from those of the player's trainable variables.
   *
   * @throws OptimizerException if a variable of the pack is not the player's
   */
  Operand<TFloat32> joined(Ops tf, List<Operand<TFloat32>> gradients) {
    List<Operand<TFloat32>> own = indices.stream().<Operand<TFloat32>>map(gradients::get).toList();
    if (!packed) {
      return own.get(0);
    }
    Operand<TFloat32> joined = Pack.joined(tf, own);
    OptimizerException.require(
        joined.shape().equals(whole.shape()),
        "expected gradients for all of "
            + whole.name()
            + ", "
            + whole.shape()
            + ", found "
            + joined.shape());
    return joined;
  }
}
