package org.sparring.nets;

import java.util.List;
import org.sparring.errors.NetException;
import org.sparring.graph.Batch;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * PacGAN (Lin et al. 2018, arXiv 1712.04086, section 2): k consecutive samples, all real or all
 * generated, are judged together, so that the discriminator can detect a lack of variety.
 *
 * <p>Images of a pack are stacked in channels, (batch, h, w, c) → (batch/k, h, w, k·c), and points
 * are joined, (batch, d) → (batch/k, k·d). Logits are (batch/k, 1).
 *
 * @param inner judges samples of k times the channels, or dimensions
 * @param k samples in a pack, at least 1
 */
public record PackedDiscriminator(Discriminator inner, int k) implements Discriminator {
  private static final int[] CHANNELS_LAST = {0, 2, 3, 1, 4};

  public PackedDiscriminator {
    NetException.require(k >= 1, "packing must be at least 1, found " + k);
  }

  @Override
  public List<Variable<TFloat32>> variables() {
    return inner.variables();
  }

  @Override
  public Judgement judgement(
      Ops tf, Weights weights, Operand<TFloat32> samples, Batch conditions, Pass pass) {
    LabelInput.requireNone(conditions);
    return inner.judgement(tf, weights, packs(tf, samples), conditions, pass);
  }

  private Operand<TFloat32> packs(Ops tf, Operand<TFloat32> samples) {
    Shape shape = samples.shape();
    int packs = packs(shape.get(0));
    if (shape.numDimensions() == 2) {
      return tf.reshape(samples, tf.constant(new int[] {packs, k * size(shape, 1)}));
    }
    int height = size(shape, 1);
    int width = size(shape, 2);
    int channels = size(shape, 3);
    int[] apart = {packs, k, height, width, channels};
    Operand<TFloat32> stacked =
        tf.linalg.transpose(tf.reshape(samples, tf.constant(apart)), tf.constant(CHANNELS_LAST));
    // (packs, height, width, k, channels) → (packs, height, width, k·channels)
    return tf.reshape(stacked, tf.constant(new int[] {packs, height, width, k * channels}));
  }

  /** Number of packs in a batch; −1 where the batch is not known while building. */
  private int packs(long batch) {
    if (batch == Shape.UNKNOWN_SIZE) {
      return -1;
    }
    NetException.require(
        batch % k == 0, "packing by " + k + " needs a batch of a multiple of it, found " + batch);
    return Math.toIntExact(batch / k);
  }

  private static int size(Shape shape, int axis) {
    return Math.toIntExact(shape.get(axis));
  }
}
