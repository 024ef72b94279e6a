package org.sparring.batches;

import org.sparring.graph.Seeds;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Mirrors each image left to right with probability one half. This doubles a data set in which both
 * orientations are equally likely. Which images of a minibatch are mirrored depends only on the
 * seed and on the position of the minibatch.
 *
 * @param images as they are
 * @param seeds of the run
 * @param batch images per minibatch
 */
public record MirroredSamples(RealSamples images, Seeds seeds, int batch) implements RealSamples {
  private static final String PURPOSE = "mirror";
  private static final int[] COLUMNS = {2};

  @Override
  public long size() {
    return images.size();
  }

  @Override
  public Operand<TFloat32> batch(Ops tf, Operand<TInt64> position) {
    Operand<TFloat32> shown = images.batch(tf, position); // (batch, height, width, channels)
    Operand<TFloat32> coin =
        tf.random.statelessRandomUniform(
            tf.constant(new int[] {batch, 1, 1, 1}), seeds.counted(tf, PURPOSE, position));
    Operand<TBool> mirrored = tf.math.less(coin, tf.constant(0.5f));
    return tf.select(mirrored, tf.reverse(shown, tf.constant(COLUMNS)), shown);
  }

  @Override
  public Operand<TInt32> labels(Ops tf, Operand<TInt64> position) {
    return images.labels(tf, position);
  }

  @Override
  public void anotherForm() {
    images.anotherForm();
  }

  @Override
  public void load(Session session) {
    images.load(session);
  }

  @Override
  public void requireLoaded() {
    images.requireLoaded();
  }

  @Override
  public void close() {
    images.close();
  }

  @Override
  public RuntimeException explained(RuntimeException failure) {
    return images.explained(failure);
  }
}
