package org.sparring.tasks;

import org.sparring.errors.TrainingException;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The controller of adaptive discriminator augmentation (Karras et al. 2020, arXiv 2006.06676,
 * section 3). r = E[sign D(x)] over real samples says how far the discriminator has overfitted: 0
 * where it cannot tell them, 1 where it calls all of them real. After each step p moves up where r
 * is above its target and down where it is below, by the share of {@code kimg} thousand real images
 * that the step has shown, and stays in [0, 1].
 *
 * <p>The paper moves in every fourth step by four steps' share.
 *
 * @param target of r, in (0, 1); the paper has .6
 * @param kimg thousands of real images in which p can go from 0 to 1, more than 0; the paper has
 *     500
 */
public record AdaptiveProbability(float target, double kimg) {
  private static final int[] LOGITS = {0, 1};

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
   * @param real logits of the real samples that the discriminator saw, (n, 1)
   * @param images real ones that the step has shown
   */
  Operand<TFloat32> next(Ops tf, Operand<TFloat32> p, Operand<TFloat32> real, long images) {
    Operand<TFloat32> r = tf.math.mean(tf.math.sign(real), tf.constant(LOGITS));
    Operand<TFloat32> way = tf.math.sign(tf.math.sub(r, tf.constant(target)));
    Operand<TFloat32> move = tf.math.mul(way, tf.constant((float) (images / (1000 * kimg))));
    return tf.clipByValue(tf.math.add(p, move), tf.constant(0f), tf.constant(1f));
  }
}
