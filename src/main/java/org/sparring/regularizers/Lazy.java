package org.sparring.regularizers;

import org.sparring.errors.RegularizerException;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A penalty that is added on every n-th step only, n times as large (lazy regularisation, Karras et
 * al. 2020, arXiv 1912.04958, section 3.1): over n steps it has the same weight as a penalty added
 * on every step. The code that builds a step decides whether the penalty is due; this class
 * computes the term for a step in which it is due.
 *
 * @param penalty the penalty of one step
 * @param every n, at least 1
 */
public record Lazy(Penalty penalty, int every) implements Penalty {
  public Lazy {
    RegularizerException.require(
        every >= 1, "a lazy penalty is due every n steps with n at least 1, found " + every);
  }

  @Override
  public Operand<TFloat32> of(
      Ops tf, Critic critic, Operand<TFloat32> reals, Operand<TFloat32> fakes, RandomRows random) {
    Operand<TFloat32> once = penalty.of(tf, critic, reals, fakes, random);
    return tf.math.mul(tf.constant((float) every), once);
  }
}
