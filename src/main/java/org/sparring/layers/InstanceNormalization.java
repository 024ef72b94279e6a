package org.sparring.layers;

import java.util.ArrayList;
import java.util.List;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Split;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * Instance normalisation without weights (Ulyanov et al. 2016, arXiv 1607.08022): y = (x − μ)/√(σ²
 * + ε), with μ and σ² over the places of each channel of each image; ε is 1e-5.
 *
 * <p>Of a batch whose size is known, each image passes TensorFlow's fused batch normalisation by
 * itself: one pass over memory forward and one backward. Other batches, and passes that are
 * differentiated twice, use plain ops.
 */
record InstanceNormalization(long channels) implements Layer {
  static final float EPSILON = 1e-5f;
  private static final int[] SPACE = {1, 2};

  @Override
  public Operand<TFloating> apply(Ops tf, Weights w, Operand<TFloating> x, Pass pass) {
    long images = x.shape().get(0);
    return images < 1 || pass.isFull() ? byPlainOps(tf, x) : byFusedOps(tf, x, (int) images);
  }

  private Operand<TFloating> byFusedOps(Ops tf, Operand<TFloating> x, int images) {
    if (images == 1) {
      return fused(tf, x);
    }
    Split<TFloating> each = tf.split(tf.constant(0), x, (long) images);
    List<Operand<TFloating>> normalized = new ArrayList<>();
    each.output().forEach(image -> normalized.add(fused(tf, image)));
    return tf.concat(normalized, tf.constant(0));
  }

  private Operand<TFloating> fused(Ops tf, Operand<TFloating> image) {
    int[] size = {Math.toIntExact(channels)};
    Operand<TFloat32> none = tf.constant(new float[0]);
    return tf.nn
        .fusedBatchNorm(
            image,
            tf.fill(tf.constant(size), tf.constant(1f)),
            tf.fill(tf.constant(size), tf.constant(0f)),
            none,
            none,
            FusedBatchNorm.isTraining(true),
            FusedBatchNorm.epsilon(EPSILON))
        .y();
  }

  private static Operand<TFloating> byPlainOps(Ops tf, Operand<TFloating> x) {
    Operand<TFloat32> full = Activations.full(tf, x);
    Operand<TInt32> space = tf.constant(SPACE);
    Operand<TFloat32> mean = tf.math.mean(full, space, Mean.keepDims(true));
    Operand<TFloat32> centred = tf.math.sub(full, mean);
    Operand<TFloat32> variance = tf.math.mean(tf.math.square(centred), space, Mean.keepDims(true));
    Operand<TFloat32> root = tf.math.rsqrt(tf.math.add(variance, tf.constant(EPSILON)));
    return Activations.like(tf, tf.math.mul(centred, root), x);
  }
}
