package org.sparring.tasks;

import org.sparring.errors.TrainingException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The controller of adaptive discriminator augmentation (Karras et al. 2020, arXiv 2006.06676,
 * section 3). r = E[sign D(x)] over real samples measures how far the discriminator has overfitted:
 * 0 if it cannot distinguish them from generated ones, 1 if it classifies all of them as real.
 * After each step p increases if r is above its target and decreases if r is below, by the step's
 * share of {@code kimg} thousand real images. p stays in [0, 1].
 *
 * <p>The paper updates p in every fourth step, by four steps' share.
 *
 * @param target of r, in (0, 1); the paper has .6
 * @param kimg thousands of real images in which p can go from 0 to 1, more than 0; the paper has
 *     500
 */
public record AdaptiveProbability(float target, double kimg) {
  public AdaptiveProbability {
    TrainingException.require(
        target > 0 && target < 1, "the target of r must lie between 0 and 1, found " + target);
    TrainingException.require(
        kimg > 0 && Double.isFinite(kimg), "kimg must be a positive number, found " + kimg);
  }

  /**
   * p after a step.
   *
   * @param p before it, scalar
   * @param r E[sign D(x)] over the real samples that the discriminator saw, scalar
   * @param images real ones that the step has shown
   */
  Operand<TFloat32> next(Ops tf, Operand<TFloat32> p, Operand<TFloat32> r, long images) {
    Operand<TFloat32> way = tf.math.sign(tf.math.sub(r, tf.constant(target)));
    Operand<TFloat32> move = tf.math.mul(way, tf.constant((float) (images / (1000 * kimg))));
    return tf.clipByValue(tf.math.add(p, move), tf.constant(0f), tf.constant(1f));
  }
}
