package org.sparring.graph;

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
 * @param handle the resource handle
 */
public record Variable<T extends TType>(
    Owner owner, String name, Shape shape, Class<T> type, boolean trainable, VarHandleOp handle) {

  /** Reads the value after the control dependencies of {@code tf} have run. */
  public Operand<T> read(Ops tf) {
    return tf.readVariableOp(handle, type);
  }

  /**
   * Overwrites the value. If the shape of the new value is known only when the graph runs, for
   * example when it is read from a checkpoint, a wrong shape is refused then, because TensorFlow
   * itself would accept it.
   */
  public Op assign(Ops tf, Operand<T> value) {
    boolean fits = value.shape().equals(shape);
    return tf.assignVariableOp(handle, fits ? value : tf.ensureShape(value, shape));
  }

  /** Adds to the value in place. */
  public Op add(Ops tf, Operand<T> delta) {
    return tf.assignAddVariableOp(handle, delta);
  }
}
