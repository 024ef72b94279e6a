package org.sparring.augmentations;

import org.sparring.graph.Seeds;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Random numbers of one minibatch, one for each image and name: a pure function of the run's seed,
 * the purpose, the step and the name.
 *
 * @param seeds of the run
 * @param purpose which minibatch of a step is meant
 * @param step steps done, scalar
 */
public record Dice(Seeds seeds, String purpose, Operand<TInt64> step) {

  /** U(0, 1), (count, 1, 1, 1). */
  Operand<TFloat32> uniform(Ops tf, String name, long count) {
    // int32 constants are in the memory of the host, where the kernel reads a shape
    int[] shape = {Math.toIntExact(count), 1, 1, 1};
    return tf.random.statelessRandomUniform(
        tf.constant(shape), seeds.counted(tf, purpose + "/" + name, step));
  }

  /** 1 with the given probability and else 0, (count, 1, 1, 1). */
  Operand<TFloat32> coin(Ops tf, String name, long count, Operand<TFloat32> probability) {
    Operand<TFloat32> side = uniform(tf, name + "/coin", count);
    return tf.dtypes.cast(tf.math.less(side, probability), TFloat32.class);
  }
}
