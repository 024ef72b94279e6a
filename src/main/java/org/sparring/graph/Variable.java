package org.sparring.graph;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.family.TType;

/**
 * A resource variable of one graph. Unlike reference variables, resource variables are read by a
 * separate op, so the moment of reading is explicit: a read with a control dependency on a write
 * sees the written value.
 *
 * @param <T> element type
 * @param owner the player or other part that the variable belongs to
 * @param name unique in the graph and in checkpoints, for example {@code generator/project/kernel}
 * @param shape static shape
 * @param type element type
 * @param trainable whether an optimizer updates it (running statistics and counters are not
 *     trainable)
 * @param handle the resource handle; that of the pack for a packed variable
 * @param place rows of a packed variable
 */
public record Variable<T extends TType>(
    Owner owner,
    String name,
    Shape shape,
    Class<T> type,
    boolean trainable,
    VarHandleOp handle,
    Optional<Pack.Place> place) {

  /** A variable with its own handle. */
  public Variable(
      Owner owner, String name, Shape shape, Class<T> type, boolean trainable, VarHandleOp handle) {
    this(owner, name, shape, type, trainable, handle, Optional.empty());
  }

  /** Reads the value after the control dependencies of {@code tf} have run. */
  public Operand<T> read(Ops tf) {
    Operand<T> all = tf.readVariableOp(handle, type);
    return place.map(p -> p.of(tf, all, shape)).orElse(all);
  }

  /** Returns the pack of a packed variable as one variable; else the variable itself. */
  @SuppressWarnings("unchecked") // packs are of float32
  public Variable<T> whole() {
    return place.map(p -> (Variable<T>) p.pack().whole(owner)).orElse(this);
  }

  /** Whether the variable is a part of a {@link Pack}. */
  public boolean isPacked() {
    return place.isPresent();
  }

  /**
   * Overwrites the value. If the shape of the new value is known only when the graph runs, for
   * example when it is read from a checkpoint, a wrong shape is refused then, because TensorFlow
   * itself would accept it.
   */
  public Op assign(Ops tf, Operand<T> value) {
    boolean fits = value.shape().equals(shape);
    Operand<T> fitting = fits ? value : tf.ensureShape(value, shape);
    return place
        .map(p -> p.assign(tf, fitting))
        .orElseGet(() -> tf.assignVariableOp(handle, fitting));
  }

  /** Adds to the value in place. */
  public Op add(Ops tf, Operand<T> delta) {
    return isPacked()
        ? assign(tf, tf.math.add(read(tf), delta))
        : tf.assignAddVariableOp(handle, delta);
  }
}
