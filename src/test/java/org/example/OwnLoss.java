package org.example;

import org.sparring.losses.AdversarialLoss;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The exponential loss: D minimises E[exp(−s)] + E[exp(s′)], G minimises E[exp(−s′)]. */
public record OwnLoss() implements AdversarialLoss {
  @Override
  public Operand<TFloat32> discriminator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return tf.math.add(mean(tf, tf.math.exp(tf.math.neg(real))), mean(tf, tf.math.exp(fake)));
  }

  @Override
  public Operand<TFloat32> generator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
    return mean(tf, tf.math.exp(tf.math.neg(fake)));
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> batch) {
    return tf.math.mean(batch, tf.constant(new int[] {0, 1}));
  }
}
