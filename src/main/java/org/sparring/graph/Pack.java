package org.sparring.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.sparring.errors.GraphException;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A resource variable that holds several variables of a graph, one after the other, so that one op
 * updates all of them. For GPUs, on which a step of a small network takes as long as its kernels
 * need to be launched.
 *
 * <p>Every variable fills whole rows of 16 floats. TensorFlow then shares the memory of a slice
 * instead of copying it, so reading one of the variables launches no kernel.
 */
public final class Pack {
  /** Floats in 64 bytes, the largest alignment that TensorFlow asks for. */
  private static final int ROW = 16;

  /** TensorFlow's kernel for a GPU concatenates so many tensors, or more, in one launch. */
  private static final int FUSED = 16;

  private final String name;
  private final VarHandleOp handle;
  private final List<Place> places = new ArrayList<>();
  private int rows;

  Pack(Ops tf, String name) {
    this.name = name;
    // the number of rows is known when all variables are created
    handle =
        tf.withName(name.replace('/', '.'))
            .varHandleOp(
                TFloat32.class, Shape.of(Shape.UNKNOWN_SIZE, ROW), VarHandleOp.sharedName(name));
  }

  /** Whether a variable of this shape can be packed. */
  static boolean fits(Shape shape) {
    return shape.size() > 0 && shape.size() % ROW == 0;
  }

  /**
   * The rows of one variable.
   *
   * @param first initial value, in the shape of the variable
   */
  public record Place(Pack pack, int row, int rows, Operand<TFloat32> first) {
    /** Returns the part of the pack's value in a variable's shape. */
    <T extends TType> Operand<T> of(Ops tf, Operand<T> all, Shape shape) {
      Operand<TInt32> begin = tf.constant(new int[] {row, 0});
      Operand<TInt32> size = tf.constant(new int[] {rows, ROW});
      // int32: on a GPU TensorFlow keeps a constant of int64 in the device's memory
      int[] sides = Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray();
      return tf.reshape(tf.slice(all, begin, size), tf.constant(sides));
    }

    /** Overwrites the variable's part. */
    <T extends TType> Op assign(Ops tf, Operand<T> value) {
      return tf.resourceStridedSliceAssign(
          pack.handle,
          tf.constant(new int[] {row}),
          tf.constant(new int[] {row + rows}),
          tf.constant(new int[] {1}),
          tf.reshape(value, tf.constant(new int[] {rows, ROW})));
    }
  }

  /** Returns the place after the variables that are already here. */
  Place next(Shape shape, Operand<TFloat32> first) {
    return at(rows, Math.toIntExact(shape.size() / ROW), first);
  }

  /** Returns the place that a variable has in another pack. */
  Place same(Place other, Operand<TFloat32> first) {
    return at(other.row, other.rows, first);
  }

  private Place at(int row, int own, Operand<TFloat32> first) {
    Place place = new Place(this, row, own, first);
    places.add(place);
    rows = Math.max(rows, row + own);
    return place;
  }

  VarHandleOp handle() {
    return handle;
  }

  /** Returns an op that gives all variables their first values. */
  Op initialization(Ops tf) {
    List<Operand<TFloat32>> values =
        places.stream()
            .sorted(Comparator.comparingInt(Place::row))
            .<Operand<TFloat32>>map(Place::first)
            .toList();
    return assign(tf, values);
  }

  /**
   * Overwrites the whole pack. The values are joined on the host, where the values of a checkpoint
   * are: a GPU then receives one tensor.
   *
   * @param values of all variables, in the order of their rows
   */
  Op assign(Ops tf, Collection<Operand<TFloat32>> values) {
    return whole(Owner.RUN).assign(tf, joined(Host.of(tf), List.copyOf(values)));
  }

  /** Returns the pack as one variable of (rows, 16); it is no variable of checkpoints. */
  Variable<TFloat32> whole(Owner owner) {
    return new Variable<>(owner, name, Shape.of(rows, ROW), TFloat32.class, true, handle);
  }

  /**
   * Returns values of packed variables as one tensor, (rows, 16).
   *
   * @param values of all variables of a pack, in its order
   */
  public static Operand<TFloat32> joined(Ops tf, List<Operand<TFloat32>> values) {
    List<Operand<TFloat32>> pieces = new ArrayList<>();
    int largest = 0;
    for (int i = 0; i < values.size(); i++) {
      if (size(values.get(i)) > size(values.get(largest))) {
        largest = i;
      }
    }
    for (int i = 0; i < values.size(); i++) {
      int rows = Math.toIntExact(size(values.get(i)) / ROW);
      Operand<TFloat32> piece = tf.reshape(values.get(i), tf.constant(new int[] {rows, ROW}));
      int cuts = i == largest ? Math.min(rows, FUSED + 1 - values.size()) : 1;
      pieces.addAll(cuts > 1 ? cut(tf, piece, rows, cuts) : List.of(piece));
    }
    return tf.concat(pieces, tf.constant(0));
  }

  private static long size(Operand<TFloat32> value) {
    long size = value.shape().size();
    if (size <= 0) {
      throw new GraphException(
          "expected a value of a static shape to pack, found " + value.shape());
    }
    return size;
  }

  private static List<Operand<TFloat32>> cut(Ops tf, Operand<TFloat32> piece, int rows, int cuts) {
    int[] sizes = new int[cuts];
    Arrays.fill(sizes, rows / cuts);
    sizes[cuts - 1] += rows % cuts;
    return List.copyOf(tf.splitV(piece, tf.constant(sizes), tf.constant(0), (long) cuts).output());
  }
}
