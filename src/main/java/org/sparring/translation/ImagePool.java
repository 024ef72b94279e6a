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
 * Later, with probability ½, a stored image is shown in place of the new one, which takes its
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
    int count = Math.toIntExact(fresh.shape().get(0)) * replica.count();
    int own = Math.toIntExact(stored.shape().get(0)) / count;
    TrainingException.require(
        own >= 1,
        "expected a pool of at least the minibatch, "
            + count
            + " images, found "
            + stored.shape().get(0));
    Places places = places(tf, draw, count, own);
    Operand<TFloat32> kept = stored.read(tf);
    Operand<TFloat32> old = tf.gather(kept, places.indices, tf.constant(0));
    if (writes) {
      Operand<TFloat32> next = tf.select(column(tf, places.isStored), all, old);
      draw.afterStep(then -> write(then, places.indices, next));
    }
    Operand<TFloat32> mixed = tf.select(column(tf, places.isSwapped), old, all);
    return replica.isSingle() ? mixed : part(tf, mixed, replica, fresh.shape());
  }

  private Op write(Ops tf, Operand<TInt32> indices, Operand<TFloat32> values) {
    return tf.resourceScatterUpdate(stored.handle(), indices, values);
  }

  /**
   * What becomes of each image of the minibatch, (count) each.
   *
   * @param indices of its place in the pool
   * @param isSwapped whether the image at this place is shown instead
   * @param isStored whether it is stored there
   */
  private record Places(
      Operand<TInt32> indices, Operand<TBool> isSwapped, Operand<TBool> isStored) {}

  /**
   * @param own places that each image of the minibatch can take
   */
  private static Places places(Ops tf, Draw draw, int count, int own) {
    Operand<TInt32> size = tf.constant(new int[] {count});
    Operand<TFloat32> where = everyonesNumbers(tf, draw, "place", size);
    Operand<TFloat32> whether = everyonesNumbers(tf, draw, "swap", size);
    Operand<TInt64> steps = draw.stepsDone();
    Operand<TInt32> filled =
        tf.dtypes.cast(tf.math.minimum(steps, tf.constant((long) own)), TInt32.class);
    Operand<TBool> isFull = tf.math.greaterEqual(filled, tf.constant(own));
    Operand<TInt32> drawn =
        tf.dtypes.cast(tf.math.mul(where, tf.constant((float) own)), TInt32.class);
    // a uniform number next to 1 may be rounded up
    Operand<TInt32> random = tf.math.minimum(drawn, tf.constant(own - 1));
    Operand<TBool> full = tf.broadcastTo(isFull, size);
    Operand<TInt32> place = tf.select(full, random, tf.broadcastTo(filled, size));
    int[] starts = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = i * own;
    }
    Operand<TBool> isSwapped = tf.math.logicalAnd(full, tf.math.less(whether, tf.constant(SHARE)));
    return new Places(
        tf.math.add(tf.constant(starts), place),
        isSwapped,
        tf.math.logicalOr(isSwapped, tf.math.logicalNot(full)));
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
