package org.sparring.optimizers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.Host;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Exponential moving average of a generator's weights (Yazıcı et al. 2019, arXiv 1806.04498,
 * equation 2): a ← a + (1 − d)(w − a). Batch statistics are not averaged: the statistics of the
 * averaged weights differ from the average of the statistics, so they are measured when they are
 * needed.
 *
 * <p>The decay is warmed up, d = min(decay, (1 + t)/(10 + t)) at step t: the initial random weights
 * are forgotten quickly.
 */
public final class WeightAverage {
  private final float decay;
  private final List<Variable<TFloat32>> originals;
  private final List<Variable<TFloat32>> averages = new ArrayList<>();

  /**
   * @param decay d, in [0, 1); 0 makes the average the weights themselves
   */
  public WeightAverage(Variables made, List<Variable<TFloat32>> originals, float decay) {
    OptimizerException.require(
        decay >= 0 && decay < 1, "the decay of the average must lie in [0, 1), found " + decay);
    this.decay = decay;
    this.originals = List.copyOf(originals);
    originals.forEach(v -> averages.add(made.copy(Owner.RUN, "ema/" + v.name(), v)));
  }

  /** Returns the averages as variables, in the order of the originals. */
  public List<Variable<TFloat32>> variables() {
    return List.copyOf(averages);
  }

  /** Reads the averages as the values of the original variables. */
  public Weights read(Ops tf) {
    Map<Variable<TFloat32>, Operand<TFloat32>> values = new HashMap<>();
    for (int i = 0; i < originals.size(); i++) {
      values.put(originals.get(i), averages.get(i).read(tf));
    }
    return Weights.of(values);
  }

  /**
   * Moves each average towards its weight.
   *
   * @param step t, number of steps before this one, scalar
   * @param writes for each weight, the op after which it has the value of this step
   */
  public List<Op> update(Ops tf, Operand<TInt64> step, Map<Variable<TFloat32>, Op> writes) {
    Operand<TFloat32> rate = rate(tf, step);
    List<Op> updates = new ArrayList<>();
    together()
        .forEach(
            (average, weights) -> {
              Ops then = tf.withControlDependencies(weights.stream().map(writes::get).toList());
              Operand<TFloat32> weight = weights.get(0).whole().read(then);
              Operand<TFloat32> gap = tf.math.sub(average.read(tf), weight);
              // a gradient descent step on ½(a − w)² is the average's update, in one pass over
              // memory
              updates.add(tf.train.resourceApplyGradientDescent(average.handle(), rate, gap));
            });
    return updates;
  }

  /** Returns the averages that one op updates, whole packs where weights are packed. */
  private Map<Variable<TFloat32>, List<Variable<TFloat32>>> together() {
    Map<Variable<TFloat32>, List<Variable<TFloat32>>> together = new LinkedHashMap<>();
    for (int i = 0; i < originals.size(); i++) {
      together
          .computeIfAbsent(averages.get(i).whole(), whole -> new ArrayList<>())
          .add(originals.get(i));
    }
    return together;
  }

  /** Returns 1 − d, scalar. */
  private Operand<TFloat32> rate(Ops tf, Operand<TInt64> step) {
    Ops host = Host.of(tf); // on the host, where the step counter is
    Operand<TFloat32> t = host.dtypes.cast(step, TFloat32.class);
    Operand<TFloat32> warmUp =
        host.math.div(host.constant(9f), host.math.add(t, host.constant(10f)));
    return host.math.maximum(host.constant(1f - decay), warmUp);
  }
}
