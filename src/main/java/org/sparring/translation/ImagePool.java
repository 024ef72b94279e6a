package org.sparring.translation;

import java.util.Arrays;
import org.sparring.errors.TrainingException;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Variables;
import org.sparring.replicas.RandomRows;
import org.sparring.replicas.Replica;
import org.sparring.tasks.Draw;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Generated images of earlier steps that the discriminator is shown again (Shrivastava et al. 2017,
 * arXiv 1612.07828, section 2.3). While the pool is being filled, an image is stored and shown.
 * Later, with probability ½, a stored image is shown instead of the new one, which is stored in its
 * place.
 *
 * <p>The pool is part of a run's state. Each image of the minibatch has its own part of the pool,
 * so no two of them meet at one place. Several devices hold the same pool, of all devices' images.
 *
 * @param stored (places, h, w, channels)
 */
record ImagePool(Variable<TFloat32> stored) {
  private static final float SHARE = 0.5f;

  /**
   * @param places images that the pool holds
   */
  static ImagePool of(Variables variables, String name, int places, Shape image) {
    return new ImagePool(
        variables.state(Owner.RUN, "pool/" + name, Shape.of(places).append(image), 0));
  }

  /**
   * Returns the images that the discriminator is shown.
   *
   * @param fresh generated images of this device, (batch, h, w, channels)
   * @param writes whether the pool keeps what it receives
   */
  Operand<TFloat32> shown(Ops tf, Draw draw, Operand<TFloat32> fresh, boolean writes) {
    Replica replica = draw.exchange().replica();
    Operand<TFloat32> all = replica.isSingle() ? fresh : everyones(tf, draw, fresh);
    Operand<TInt32> size =
        tf.constant(new int[] {Math.toIntExact(fresh.shape().get(0)) * replica.count()});
    Numbers numbers =
        new Numbers(
            draw.stepsDone(),
            everyonesNumbers(tf, draw, "place", size),
            everyonesNumbers(tf, draw, "swap", size));
    Swap swap = swap(tf, all, numbers);
    if (writes) {
      draw.afterStep(then -> write(then, swap));
    }
    return replica.isSingle() ? swap.shown : part(tf, swap.shown, replica, fresh.shape());
  }

  /**
   * What decides which images are swapped.
   *
   * @param steps done before, int64 scalar
   * @param place (batch), uniform in [0, 1): which place of its part an image takes
   * @param whether (batch), uniform in [0, 1): below ½ it is swapped
   */
  record Numbers(Operand<TInt64> steps, Operand<TFloat32> place, Operand<TFloat32> whether) {}

  /**
   * An exchange of images with the pool.
   *
   * @param shown (batch, h, w, channels), stored ones in place of some
   * @param indices (batch), places of the pool, each at most once
   * @param kept (batch, h, w, channels), what is stored there from now on
   */
  record Swap(Operand<TFloat32> shown, Operand<TInt32> indices, Operand<TFloat32> kept) {}

  /** Writes what the pool keeps. */
  Op write(Ops tf, Swap swap) {
    return tf.resourceScatterUpdate(stored.handle(), swap.indices, swap.kept);
  }

  /**
   * @param fresh (batch, h, w, channels) of all devices
   */
  Swap swap(Ops tf, Operand<TFloat32> fresh, Numbers numbers) {
    int count = Math.toIntExact(numbers.place.shape().get(0));
    int own = Math.toIntExact(stored.shape().get(0)) / count;
    TrainingException.require(
        own >= 1,
        "expected a pool of at least the minibatch, "
            + count
            + " images, found "
            + stored.shape().get(0));
    Operand<TInt32> size = tf.constant(new int[] {count});
    Operand<TInt32> filled =
        tf.dtypes.cast(tf.math.minimum(numbers.steps, tf.constant((long) own)), TInt32.class);
    Operand<TBool> isFull = tf.broadcastTo(tf.math.greaterEqual(filled, tf.constant(own)), size);
    Operand<TInt32> place =
        tf.select(isFull, random(tf, numbers.place, own), tf.broadcastTo(filled, size));
    Operand<TInt32> indices = tf.math.add(tf.constant(starts(count, own)), place);
    Operand<TBool> isSwapped =
        tf.math.logicalAnd(isFull, tf.math.less(numbers.whether, tf.constant(SHARE)));
    Operand<TBool> isStored = tf.math.logicalOr(isSwapped, tf.math.logicalNot(isFull));
    Operand<TFloat32> old = tf.gather(stored.read(tf), indices, tf.constant(0));
    return new Swap(
        tf.select(column(tf, isSwapped), old, fresh),
        indices,
        tf.select(column(tf, isStored), fresh, old));
  }

  /** A random place of those that an image can take. */
  private static Operand<TInt32> random(Ops tf, Operand<TFloat32> uniform, int own) {
    Operand<TInt32> drawn =
        tf.dtypes.cast(tf.math.mul(uniform, tf.constant((float) own)), TInt32.class);
    // a uniform number next to 1 may be rounded up
    return tf.math.minimum(drawn, tf.constant(own - 1));
  }

  /** Where the part of each image of the minibatch begins in the pool. */
  private static int[] starts(int count, int own) {
    int[] starts = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = i * own;
    }
    return starts;
  }

  private static Operand<TFloat32> everyonesNumbers(
      Ops tf, Draw draw, String purpose, Operand<TInt32> size) {
    return RandomRows.single(draw.random(tf, "pool/" + purpose).key()).uniform(tf, size);
  }

  private static Operand<TBool> column(Ops tf, Operand<TBool> each) {
    return tf.reshape(each, tf.constant(new int[] {-1, 1, 1, 1}));
  }

  /** (devices, batch, h, w, c) → (devices·batch, h, w, c). */
  private static Operand<TFloat32> everyones(Ops tf, Draw draw, Operand<TFloat32> fresh) {
    long[] axes = fresh.shape().asArray();
    axes[0] = -1;
    return tf.reshape(draw.exchange().all(tf, fresh), tf.constant(axes));
  }

  private static Operand<TFloat32> part(
      Ops tf, Operand<TFloat32> all, Replica replica, Shape shape) {
    int first = Math.toIntExact(shape.get(0)) * replica.rank();
    return tf.slice(
        all, tf.constant(new int[] {first, 0, 0, 0}), tf.constant(ints(shape.asArray())));
  }

  private static int[] ints(long[] axes) {
    return Arrays.stream(axes).mapToInt(Math::toIntExact).toArray();
  }
}
