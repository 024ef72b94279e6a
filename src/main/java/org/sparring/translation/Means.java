package org.sparring.translation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparring.games.Losses;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Joins the losses of independent networks of the players. */
final class Means {
  private Means() {}

  /** The sums of the losses, and the means of the meters, which all have the same names. */
  static Losses of(Ops tf, List<Losses> each) {
    if (each.size() == 1) {
      return each.get(0);
    }
    Operand<TFloat32> share = tf.constant(1f / each.size());
    Map<String, Operand<TFloat32>> meters = new LinkedHashMap<>();
    for (String name : each.get(0).meters().keySet()) {
      List<Operand<TFloat32>> values =
          each.stream().<Operand<TFloat32>>map(losses -> losses.meters().get(name)).toList();
      meters.put(name, tf.math.mul(tf.math.addN(values), share));
    }
    return new Losses(
        tf.math.addN(each.stream().map(Losses::generator).toList()),
        tf.math.addN(each.stream().map(Losses::discriminator).toList()),
        meters);
  }
}
