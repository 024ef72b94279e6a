package org.sparring.translation;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a trained network that does not change computes from images, in one graph. */
@FunctionalInterface
public interface FeatureMaps {
  /**
   * Adds the network to the graph. Gradients pass through it to the images.
   *
   * @param images (n, h, w, channels) in [−1, 1]
   * @return features of any shape (n, …)
   */
  Operand<TFloat32> of(Ops tf, Operand<TFloat32> images);
}
