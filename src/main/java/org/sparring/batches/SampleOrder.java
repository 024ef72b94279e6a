package org.sparring.batches;

import java.util.List;
import org.sparring.errors.TrainingException;
import org.sparring.graph.Host;
import org.sparring.graph.Seeds;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The order in which a data set is shown: position p of a run is place p mod N of epoch ⌊p/N⌋, and
 * each epoch is a permutation keyed by (seed, epoch). Every sample is shown once per epoch, even if
 * a minibatch spans two epochs, and the position is the only state.
 *
 * @param seeds of the run
 * @param size N, at least 1
 */
public record SampleOrder(Seeds seeds, long size) {
  private static final String PURPOSE = "order";

  public SampleOrder {
    TrainingException.require(size >= 1, "a data set must hold at least 1 image, found " + size);
  }

  /** The positions {@code first … first + count − 1}, (count). */
  public static Operand<TInt64> positions(Ops tf, Operand<TInt64> first, int count) {
    long[] offsets = new long[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = i;
    }
    Ops host = Host.of(tf);
    return host.math.add(host.constant(offsets), first);
  }

  /**
   * @param positions (n), from 0
   * @return (n), indices into the data set, from 0
   */
  public Operand<TInt64> indices(Ops tf, Operand<TInt64> positions) {
    return onHost(Host.of(tf), positions);
  }

  private Operand<TInt64> onHost(Ops tf, Operand<TInt64> positions) {
    if (size == 1) {
      return tf.zerosLike(positions);
    }
    Operand<TInt64> n = tf.constant(size);
    Operand<TInt64> place = tf.math.floorMod(positions, n);
    Operand<TInt32> epoch = tf.dtypes.cast(tf.math.floorDiv(positions, n), TInt32.class);
    return tf.randomIndexShuffle(place, seed(tf, epoch), tf.constant(size - 1));
  }

  /**
   * (n, 3). Below 65536 images the shuffle reads 8 bits of each word, so the epoch's digits to the
   * base 256 are spread over all three: in one word alone every 256th epoch would be the same.
   */
  private Operand<TInt32> seed(Ops tf, Operand<TInt32> epoch) {
    long key = seeds.keyed(PURPOSE);
    Operand<TInt32> high = plus(tf, tf.math.floorDiv(epoch, tf.constant(1 << 16)), key >>> 32);
    Operand<TInt32> low = plus(tf, tf.math.floorDiv(epoch, tf.constant(1 << 8)), key);
    return tf.stack(List.of(high, low, epoch), Stack.axis(1L));
  }

  private static Operand<TInt32> plus(Ops tf, Operand<TInt32> digit, long word) {
    return tf.math.add(digit, tf.constant((int) word));
  }
}
