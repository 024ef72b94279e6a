package org.sparring.exports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sparring.errors.ModelException;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;

/**
 * The variables of a network and their copies in half precision.
 *
 * @param originals the network's variables
 * @param halves a float16 variable for each of them
 */
public record HalfWeights(List<Variable<TFloat32>> originals, List<Variable<TFloat16>> halves) {
  private static final String PREFIX = "half/";

  /** Creates the float16 variables. */
  public static HalfWeights of(Ops tf, List<Variable<TFloat32>> originals) {
    return new HalfWeights(originals, originals.stream().map(v -> half(tf, v)).toList());
  }

  /** Rounds the values of the originals into the float16 variables. */
  public List<Op> store(Ops tf) {
    List<Op> writes = new ArrayList<>();
    for (int i = 0; i < halves.size(); i++) {
      Operand<TFloat16> rounded = tf.dtypes.cast(originals.get(i).read(tf), TFloat16.class);
      writes.add(halves.get(i).assign(tf, rounded));
    }
    return writes;
  }

  /** Counts the values beyond the range of float16, ±65504, which were rounded to infinity. */
  public Operand<TFloat32> overflows(Ops tf) {
    List<Operand<TFloat32>> counts = new ArrayList<>();
    for (Variable<TFloat16> half : halves) {
      Operand<TFloat32> values = tf.dtypes.cast(half.read(tf), TFloat32.class);
      Operand<TFloat32> flat = tf.reshape(values, tf.constant(new int[] {-1}));
      Operand<TBool> beyond = tf.math.logicalNot(tf.math.isFinite(flat));
      counts.add(tf.sum(tf.dtypes.cast(beyond, TFloat32.class), tf.constant(0)));
    }
    return tf.math.addN(counts);
  }

  /**
   * @param overflows what {@link #overflows} returned
   * @throws ModelException if float16 cannot hold the stored weights
   */
  public static void requireHeld(Session session, Operand<TFloat32> overflows) {
    try (Result result = session.runner().fetch(overflows).run()) {
      float count = ((TFloat32) result.get(0)).getFloat();
      ModelException.require(
          count == 0,
          "expected weights that float16 holds, within 65504, found "
              + (long) count
              + " beyond\nExport them in float32.");
    }
  }

  /** Returns the float16 values as float32, as the network reads them. */
  public Weights read(Ops tf) {
    Map<Variable<TFloat32>, Operand<TFloat32>> values = new LinkedHashMap<>();
    for (int i = 0; i < halves.size(); i++) {
      values.put(originals.get(i), tf.dtypes.cast(halves.get(i).read(tf), TFloat32.class));
    }
    return Weights.of(values);
  }

  private static Variable<TFloat16> half(Ops tf, Variable<TFloat32> original) {
    String name = PREFIX + original.name();
    VarHandleOp handle =
        tf.withName(name.replace('/', '.'))
            .varHandleOp(TFloat16.class, original.shape(), VarHandleOp.sharedName(name));
    return new Variable<>(
        original.owner(), name, original.shape(), TFloat16.class, original.trainable(), handle);
  }
}
