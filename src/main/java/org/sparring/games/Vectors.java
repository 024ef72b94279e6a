package org.sparring.games;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Arithmetic on lists of tensors, each list as one long vector. */
final class Vectors {
  private Vectors() {}

  /** Returns Σ aᵢbᵢ, scalar. */
  static Operand<TFloat32> dot(Ops tf, List<Operand<TFloat32>> a, List<Operand<TFloat32>> b) {
    List<Operand<TFloat32>> parts = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      Operand<TFloat32> product = tf.math.mul(a.get(i), b.get(i));
      parts.add(tf.sum(tf.reshape(product, tf.constant(new int[] {-1})), tf.constant(0)));
    }
    return parts.size() == 1 ? parts.get(0) : tf.math.addN(parts);
  }

  /** Returns a + s·b. */
  static List<Operand<TFloat32>> plus(
      Ops tf, List<Operand<TFloat32>> a, float s, List<Operand<TFloat32>> b) {
    List<Operand<TFloat32>> sums = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      sums.add(tf.math.add(a.get(i), tf.math.mul(tf.constant(s), b.get(i))));
    }
    return sums;
  }

  /** Returns the same values, with gradients stopped. */
  static List<Operand<TFloat32>> constant(Ops tf, List<Operand<TFloat32>> a) {
    return a.stream().<Operand<TFloat32>>map(each -> tf.stopGradient(each)).toList();
  }
}
