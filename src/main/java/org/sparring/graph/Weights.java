package org.sparring.graph;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sparring.errors.GraphException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The values of one player's variables at one point of its weight space. The same network can be
 * evaluated at several points: before and after a step, at an average, at an extrapolation.
 */
public final class Weights {
  private final Map<Variable<?>, Operand<TFloat32>> values;

  private Weights(Map<Variable<?>, Operand<TFloat32>> values) {
    this.values = values;
  }

  /** Reads the variables after the control dependencies of {@code tf} have run. */
  public static Weights read(Ops tf, List<Variable<TFloat32>> variables) {
    Map<Variable<?>, Operand<TFloat32>> values = new HashMap<>();
    variables.forEach(v -> values.put(v, v.read(tf)));
    return new Weights(values);
  }

  /** Returns a point with the given values instead of the variables' current values. */
  public static Weights of(Map<Variable<TFloat32>, Operand<TFloat32>> values) {
    return new Weights(new HashMap<>(values));
  }

  /** Returns a copy of this point with other values for some variables. */
  public Weights with(Map<Variable<TFloat32>, Operand<TFloat32>> others) {
    Map<Variable<?>, Operand<TFloat32>> replaced = new HashMap<>(values);
    replaced.putAll(others);
    return new Weights(replaced);
  }

  /** Returns the value of a variable at this point, in the variable's shape. */
  public Operand<TFloat32> get(Variable<TFloat32> variable) {
    Operand<TFloat32> value = values.get(variable);
    if (value == null) {
      throw new GraphException(
          "these weights hold no " + variable.name() + "; were they read for the other player?");
    }
    return value;
  }

  /** Returns the values of several variables, in the order of {@code variables}. */
  public List<Operand<TFloat32>> get(List<Variable<TFloat32>> variables) {
    return variables.stream().map(this::get).toList();
  }
}
