package org.sparring.tasks;

import java.util.List;
import org.sparring.losses.AdversarialLoss;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The logits that a loss is computed on.
 *
 * @param real of real samples, (n, 1)
 * @param fake of generated samples, (n, 1)
 */
public record Logits(Operand<TFloat32> real, Operand<TFloat32> fake) {

  /**
   * Returns the logits of this device, or of all devices for a loss that couples samples.
   *
   * @param real of this device, (n, 1)
   * @param fake of this device, (n, 1)
   */
  public static Logits of(
      Ops tf, Draw draw, AdversarialLoss loss, Operand<TFloat32> real, Operand<TFloat32> fake) {
    if (loss.isMeanOverSamples() || draw.exchange().replica().isSingle()) {
      return new Logits(real, fake);
    }
    // (devices, 2, logits of a device, 1)
    var all = draw.exchange().all(tf, tf.stack(List.of(real, fake)));
    var parts = tf.unstack(all, 2L, Unstack.axis(1L)).output();
    Operand<TInt32> column = tf.constant(new int[] {-1, 1});
    return new Logits(tf.reshape(parts.get(0), column), tf.reshape(parts.get(1), column));
  }
}
