package org.sparring.translation;

import java.util.function.Supplier;
import org.sparring.errors.TrainingException;
import org.sparring.graph.Gradients;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The perceptual loss (Johnson et al. 2016, arXiv 1603.08155, equation 2): the mean squared
 * difference of features.
 *
 * @param weight of the term in the generator's loss, more than 0
 * @param network opens the network for a new graph; not called for a model that is only exported
 */
public record Perceptual(float weight, Supplier<FeatureMaps> network) {
  public Perceptual {
    TrainingException.require(
        weight > 0, "the weight of the perceptual loss must be more than 0, found " + weight);
  }

  /** The term in one graph, which opens its network once. */
  static final class Term {
    private final Perceptual loss;
    private FeatureMaps maps;

    Term(Perceptual loss) {
      this.loss = loss;
    }

    /** Returns the weighted term, a scalar. */
    Operand<TFloat32> of(Ops tf, Operand<TFloat32> truth, Operand<TFloat32> made) {
      if (maps == null) {
        maps = loss.network.get();
      }
      // the network may read the image several times
      Operand<TFloat32> difference =
          tf.math.squaredDifference(
              maps.of(tf, Gradients.apart(tf, made)), tf.stopGradient(maps.of(tf, truth)));
      return tf.math.mul(tf.constant(loss.weight), Differences.mean(tf, difference));
    }
  }
}
