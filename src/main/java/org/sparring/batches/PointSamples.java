package org.sparring.batches;

import org.sparring.data.PointSet;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A fixed set of points in the plane, stored on the device. It is not part of checkpoints. */
public final class PointSamples implements RealSamples {
  private final PointSet points;
  private final SampleOrder order;
  private final int batch;
  private final VarHandleOp stored;
  private final Placeholder<TFloat32> upload;
  private final Op store;

  /**
   * @param tf where the variable is made
   * @param batch points per minibatch
   */
  public PointSamples(Ops tf, PointSet points, SampleOrder order, int batch) {
    this(tf, "data", points, order, batch);
  }

  /**
   * A point set that is one of several sources of a task.
   *
   * @param name of the source in the graph
   */
  public PointSamples(Ops tf, String name, PointSet points, SampleOrder order, int batch) {
    this.points = points;
    this.order = order;
    this.batch = batch;
    stored =
        tf.withName(name + ".points")
            .varHandleOp(TFloat32.class, shape(), VarHandleOp.sharedName(name + "/points"));
    upload = tf.withName(name + ".upload").placeholder(TFloat32.class, Placeholder.shape(shape()));
    store = tf.assignVariableOp(stored, upload);
  }

  @Override
  public long size() {
    return points.size();
  }

  @Override
  public Operand<TFloat32> batch(Ops tf, Operand<TInt64> position) {
    Operand<TInt64> chosen = order.indices(tf, SampleOrder.positions(tf, position, batch));
    return tf.resourceGather(stored, chosen, TFloat32.class); // (batch, 2)
  }

  @Override
  public void load(Session session) {
    try (TFloat32 tensor = TFloat32.tensorOf(shape(), DataBuffers.of(points.values()))) {
      session.runner().feed(upload, tensor).addTarget(store).run().close();
    }
  }

  private Shape shape() {
    return Shape.of(points.size(), 2);
  }
}
