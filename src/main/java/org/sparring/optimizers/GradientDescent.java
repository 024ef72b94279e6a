package org.sparring.optimizers;

import java.util.List;
import java.util.Optional;
import org.sparring.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Plain gradient descent, θ ← θ − α·g, as used in theory.
 *
 * @param rate α as a function of the number of updates
 */
public record GradientDescent(LearningRate rate) implements Optimizer {

  @Override
  public List<String> slots() {
    return List.of();
  }

  @Override
  public Update at(Ops tf, Operand<TInt64> updates) {
    return new Descent(rate.at(tf, updates));
  }

  private record Descent(Operand<TFloat32> rate) implements Update {
    @Override
    public Change of(Ops tf, Operand<TFloat32> gradient, List<Operand<TFloat32>> slots) {
      return new Change(tf.math.mul(rate, gradient), List.of());
    }

    @Override
    public Optional<Operand<TFloat32>> descent(Ops tf, List<Operand<TFloat32>> slots) {
      return Optional.empty();
    }

    @Override
    public Op apply(
        Ops tf,
        Variable<TFloat32> variable,
        List<Variable<TFloat32>> slots,
        Operand<TFloat32> gradient) {
      return tf.train.resourceApplyGradientDescent(variable.handle(), rate, gradient);
    }
  }
}
