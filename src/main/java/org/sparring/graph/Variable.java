package org.sparring.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.family.TType;

/**
 * A resource variable of one graph. Resource variables, unlike reference variables, are read by an
 * op of their own, so the moment of reading is explicit: put the read behind a control dependency
 * and it sees the value after that write.
 *
 * @param <T> element type
 * @param owner whose it is
 * @param name unique in the graph and in checkpoints, for example {@code generator/project/kernel}
 * @param shape static shape
 * @param type element type
 * @param trainable whether an optimizer moves it (batch statistics and counters are not)
 * @param handle the resource handle
 */
public record Variable<T extends TType>(
    Owner owner, String name, Shape shape, Class<T> type, boolean trainable, VarHandleOp handle) {

  /** Reads the value at the point that the control dependencies of {@code tf} define. */
  public Operand<T> read(Ops tf) {
    return tf.readVariableOp(handle, type);
  }

  /**
   * Overwrites the value. A value whose shape is known only when the graph runs, such as one read
   * from a checkpoint, is refused then if it is another: TensorFlow itself would take it.
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
