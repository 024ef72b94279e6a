package org.sparring.replicas;

import java.util.List;
import org.sparring.errors.GraphException;
import org.sparring.graph.Collectives;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Nothing to combine: adds no op, except the axis of {@link #all}. */
record SingleExchange() implements Exchange {
  @Override
  public Replica replica() {
    return Replica.SINGLE;
  }

  @Override
  public List<Operand<TFloat32>> means(Ops tf, List<Operand<TFloat32>> own) {
    return own;
  }

  @Override
  public Operand<TFloat32> all(Ops tf, Operand<TFloat32> own) {
    return tf.expandDims(own, tf.constant(0));
  }

  @Override
  public Collectives collectives() {
    throw new GraphException("a single device has no collective ops");
  }

  @Override
  public void anotherForm() {}
}
