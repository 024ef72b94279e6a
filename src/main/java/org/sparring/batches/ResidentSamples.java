package org.sparring.batches;

import org.sparring.data.ImageSource;
import org.sparring.pictures.ImageGeometry;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;

/**
 * A data set that fits into device memory: its pixels are one uint8 variable on the device, and a
 * minibatch is a gather from it. Nothing is fed in a step. The variable is not part of checkpoints.
 */
public final class ResidentSamples implements RealSamples {
  private final ImageSource source;
  private final SampleOrder order;
  private final int batch;
  private final VarHandleOp images;
  private final Placeholder<TUint8> upload;
  private final Op store;

  /**
   * @param tf where the variable is made
   * @param source at least one image
   * @param batch images per minibatch
   */
  public ResidentSamples(Ops tf, ImageSource source, SampleOrder order, int batch) {
    this(tf, "data", source, order, batch);
  }

  /**
   * A data set that is one of several sources of a task.
   *
   * @param name of the source in the graph
   */
  public ResidentSamples(Ops tf, String name, ImageSource source, SampleOrder order, int batch) {
    this.source = source;
    this.order = order;
    this.batch = batch;
    Shape stored = Shape.of(source.size(), source.geometry().bytes()); // (N, h·w·c)
    images =
        tf.withName(name + ".images")
            .varHandleOp(TUint8.class, stored, VarHandleOp.sharedName(name + "/images"));
    upload = tf.withName(name + ".upload").placeholder(TUint8.class, Placeholder.shape(stored));
    store = tf.assignVariableOp(images, upload);
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public Operand<TFloat32> batch(Ops tf, Operand<TInt64> position) {
    Operand<TInt64> chosen = order.indices(tf, SampleOrder.positions(tf, position, batch));
    Operand<TUint8> pixels = tf.resourceGather(images, chosen, TUint8.class); // (batch, h·w·c)
    ImageGeometry g = source.geometry();
    int[] shape = {batch, g.height(), g.width(), g.channels()};
    return tf.reshape(Pixels.signed(tf, pixels), tf.constant(shape));
  }

  @Override
  public Operand<TInt32> labels(Ops tf, Operand<TInt64> position) {
    return new SampleLabels(source, order, batch).at(tf, position);
  }

  @Override
  public void load(Session session) {
    byte[] pixels = source.pixels();
    Shape stored = Shape.of(source.size(), source.geometry().bytes());
    try (TUint8 tensor = TUint8.tensorOf(stored, DataBuffers.of(pixels, true, false))) {
      session.runner().feed(upload, tensor).addTarget(store).run().close();
    }
  }
}
