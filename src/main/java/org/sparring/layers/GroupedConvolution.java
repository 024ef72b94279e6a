package org.sparring.layers;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TFloating;

/**
 * A convolution of stride 1 in groups of channels: group i of the outputs depends only on group i
 * of the inputs (Xie et al. 2017, arXiv 1611.05431, figure 3).
 *
 * <p>Each group is a separate op. TensorFlow's own grouped convolution has a gradient on the CPU
 * only where oneDNN replaces its kernels, which is not the case on every machine. A plain pass, as
 * on a GPU, computes it by one op unless it is differentiated twice.
 */
final class GroupedConvolution {
  private static final List<Long> STRIDE_1 = List.of(1L, 1L, 1L, 1L);
  private static final int CHANNELS = 3;

  private GroupedConvolution() {}

  /**
   * @param x (batch, h, w, in)
   * @param kernel (field, field, in/groups, out)
   * @param groups a divisor of in and of out
   * @return (batch, h, w, out)
   */
  static <T extends TFloating> Operand<T> of(
      Ops tf, Operand<T> x, Operand<T> kernel, int groups, Pass pass) {
    if (groups == 1 || pass.isPlain() && !pass.isFull()) {
      return tf.nn.conv2d(x, kernel, STRIDE_1, "SAME");
    }
    var inputs = tf.split(tf.constant(CHANNELS), x, (long) groups).output();
    var kernels = tf.split(tf.constant(CHANNELS), kernel, (long) groups).output();
    List<Operand<T>> outputs = new ArrayList<>();
    for (int i = 0; i < groups; i++) {
      outputs.add(tf.nn.conv2d(inputs.get(i), kernels.get(i), STRIDE_1, "SAME"));
    }
    return tf.concat(outputs, tf.constant(CHANNELS));
  }
}
