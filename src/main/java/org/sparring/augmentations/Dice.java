package org.sparring.augmentations;

import org.sparring.graph.Seeds;
import org.sparring.replicas.RandomRows;
import org.sparring.replicas.Replica;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Random numbers of one minibatch: one per image and name, a pure function of the run's seed, the
 * purpose, the step and the name.
 *
 * @param seeds seeds of the run
 * @param purpose identifies the minibatch within the step
 * @param step number of completed steps, scalar
 * @param replica whose images the numbers are for
 */
public record Dice(Seeds seeds, String purpose, Operand<TInt64> step, Replica replica) {

  /** Returns values from U(0, 1), (count, 1, 1, 1). */
  Operand<TFloat32> uniform(Ops tf, String name, long count) {
    // int32 constants are in host memory, where the kernel reads a shape
    int[] shape = {Math.toIntExact(count), 1, 1, 1};
    Operand<TInt64> key = seeds.counted(tf, purpose + "/" + name, step);
    return new RandomRows(key, replica).uniform(tf, tf.constant(shape));
  }

  /** Returns 1 with the given probability and 0 otherwise, (count, 1, 1, 1). */
  Operand<TFloat32> coin(Ops tf, String name, long count, Operand<TFloat32> probability) {
    Operand<TFloat32> side = uniform(tf, name + "/coin", count);
    return tf.dtypes.cast(tf.math.less(side, probability), TFloat32.class);
  }
}
