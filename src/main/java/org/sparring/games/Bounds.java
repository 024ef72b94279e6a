package org.sparring.games;

import java.util.List;
import java.util.Optional;
import org.sparring.errors.OptimizerException;
import org.sparring.optimizers.WeightClip;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Bounds on the updates of a player.
 *
 * @param weights clipping of each weight after each update
 * @param gradientNorm maximum global norm of the gradients: larger gradients are scaled down to it
 *     (Pascanu et al. 2013, arXiv 1211.5063, algorithm 1); 0 for no bound
 */
public record Bounds(Optional<WeightClip> weights, float gradientNorm) {
  /** No bounds. */
  public static final Bounds NONE = new Bounds(Optional.empty(), 0);

  public Bounds {
    OptimizerException.require(
        gradientNorm >= 0 && Float.isFinite(gradientNorm),
        "the largest gradient norm must be 0 or more, found " + gradientNorm);
  }

  /** Returns the gradients scaled to at most the maximum norm c: g·c / max(‖g‖, c). */
  List<Operand<TFloat32>> bounded(Ops tf, List<Operand<TFloat32>> gradients) {
    if (gradientNorm == 0) {
      return gradients;
    }
    Operand<TFloat32> norm = tf.math.sqrt(Vectors.dot(tf, gradients, gradients));
    Operand<TFloat32> most = tf.constant(gradientNorm);
    Operand<TFloat32> scale = tf.math.div(most, tf.math.maximum(norm, most));
    return gradients.stream().<Operand<TFloat32>>map(g -> tf.math.mul(g, scale)).toList();
  }
}
