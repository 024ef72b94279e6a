package org.sparring.batches;

import java.util.List;
import org.sparring.data.ImageSource;
import org.sparring.errors.TrainingException;
import org.sparring.graph.Host;
import org.sparring.graph.Variable;
import org.sparring.pictures.ImageGeometry;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.io.FifoQueue;
import org.tensorflow.op.io.QueueClose;
import org.tensorflow.op.io.QueueDequeue;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * Streams a data set that is too large for the device: Java threads read and decode minibatches
 * ahead of the training steps ({@link ReadAhead}) and put them into a TensorFlow queue in host
 * memory. The order and the pixels are exactly the same as in {@link ResidentSamples}: both call
 * {@link ImageSource#read}.
 *
 * <p>The queue only moves forward. {@link #load} starts it at the run's current step, and {@link
 * #batch} must be called in the order of the positions. A step fails if the next minibatch of the
 * queue does not belong to its position.
 */
public final class StreamedSamples implements RealSamples {
  /** Decoded batches that wait in the queue. */
  private static final long AHEAD = 2;

  /** The device loop's copy of a training step reaches the same queue by this name. */
  private static final String SHARED_NAME = "/batches";

  private static final List<Class<? extends TType>> TYPES = List.of(TInt64.class, TUint8.class);

  private final ImageSource source;
  private final SampleOrder order;
  private final Batches batches;
  private final FifoQueue queue;
  private final Operand<TInt64> start;
  private final Placeholder<TInt64> positions;
  private final Operand<TInt64> indices;
  private final Placeholder<TInt64> first;
  private final Placeholder<TUint8> pixels;
  private final Op enqueue;
  private final Op end;
  private final Op cancel;
  private QueueDequeue last;
  private ReadAhead reading;
  private Session session;

  /**
   * How the images are consumed.
   *
   * @param images per minibatch, at least 1
   * @param perStep batches per training step, at least 1
   */
  public record Batches(int images, int perStep) {
    public Batches {
      TrainingException.require(images >= 1, "batch must be at least 1, found " + images);
      TrainingException.require(
          perStep >= 1, "a step must take at least 1 batch, found " + perStep);
    }

    int imagesPerStep() {
      return Math.multiplyExact(images, perStep);
    }
  }

  /**
   * @param tf graph to add the queue to
   * @param source may be read from many threads
   * @param step number of steps done; determines where {@link #load} starts
   */
  public StreamedSamples(
      Ops tf, ImageSource source, SampleOrder order, Batches batches, Variable<TInt64> step) {
    this(tf, "data", source, order, batches, step);
  }

  /**
   * A data set that is one of several sources of a task.
   *
   * @param name of the source in the graph
   */
  public StreamedSamples(
      Ops tf,
      String name,
      ImageSource source,
      SampleOrder order,
      Batches batches,
      Variable<TInt64> step) {
    this.source = source;
    this.order = order;
    this.batches = batches;
    Ops cpu = Host.of(tf);
    // read wherever the variable is
    start = cpu.math.mul(step.read(tf), cpu.constant((long) batches.imagesPerStep()));
    queue = queue(cpu, name + SHARED_NAME);
    positions = cpu.placeholder(TInt64.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    indices = order.indices(cpu, positions);
    first = cpu.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    pixels = cpu.placeholder(TUint8.class, Placeholder.shape(shape()));
    enqueue = cpu.io.queueEnqueue(queue, List.of(first, pixels));
    end = cpu.io.queueClose(queue);
    cancel = cpu.io.queueClose(queue, QueueClose.cancelPendingEnqueues(true));
  }

  private FifoQueue queue(Ops cpu, String sharedName) {
    return cpu.io.fifoQueue(
        TYPES,
        FifoQueue.shapes(Shape.scalar(), shape()),
        FifoQueue.capacity(AHEAD),
        FifoQueue.sharedName(sharedName));
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public Operand<TFloat32> batch(Ops tf, Operand<TInt64> position) {
    Ops cpu = Host.of(tf);
    Ops behind = last == null ? cpu : cpu.withControlDependencies(List.of(last));
    last = behind.io.queueDequeue(queue, TYPES);
    Operand<TInt64> found = last.components().get(0).asOutput().expect(TInt64.class);
    Operand<TUint8> taken = last.components().get(1).asOutput().expect(TUint8.class);
    Op inStep =
        cpu.assertThat(
            cpu.math.equal(found, position),
            List.of(cpu.constant("the stream is not where the run is"), found, position));
    Operand<TUint8> checked = cpu.withControlDependencies(List.of(inStep)).identity(taken);
    return Pixels.signed(tf, cpu.ensureShape(checked, shape()));
  }

  @Override
  public Operand<TInt32> labels(Ops tf, Operand<TInt64> position) {
    return new SampleLabels(source, order, batches.images()).at(tf, position);
  }

  @Override
  public void anotherForm() {
    last = null;
  }

  /** Starts reading at the first image of the next training step. */
  @Override
  public void load(Session session) {
    TrainingException.require(reading == null, "the stream was loaded before");
    this.session = session;
    long from;
    try (Result result = session.runner().fetch(start).run()) {
      from = ((TInt64) result.get(0)).getLong();
    }
    reading = new ReadAhead(source, batches.images(), from, this::indices, new Queued());
  }

  @Override
  public void requireLoaded() {
    TrainingException.require(reading != null, "the stream was not loaded before the first step");
  }

  /** The reader's own exception, which names the file, where reading ended the training. */
  @Override
  public RuntimeException explained(RuntimeException failure) {
    Throwable cause = reading == null ? null : reading.failure();
    if (cause == null) {
      return failure;
    }
    cause.addSuppressed(failure);
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known
        ? known
        : new TrainingException("reading ahead failed: " + cause);
  }

  /** Ends the reading threads. The session must still be open. */
  @Override
  public void close() {
    if (reading != null) {
      reading.close();
    }
  }

  /** The order of the graph's own op, for the reading threads. */
  private long[] indices(long from, int count) {
    try (TInt64 asked = TInt64.vectorOf(consecutive(from, count));
        Result result = session.runner().feed(positions, asked).fetch(indices).run()) {
      long[] found = new long[count];
      ((TInt64) result.get(0)).asRawTensor().data().asLongs().read(found);
      return found;
    }
  }

  private static long[] consecutive(long from, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = from + i;
    }
    return values;
  }

  /** The queue, as the reading threads see it. */
  private final class Queued implements ReadAhead.Sink {
    @Override
    public void put(long position, byte[] images) {
      try (TInt64 at = TInt64.scalarOf(position);
          TUint8 batch = TUint8.tensorOf(shape(), DataBuffers.of(images, true, false))) {
        session.runner().feed(first, at).feed(pixels, batch).addTarget(enqueue).run().close();
      }
    }

    @Override
    public void end() {
      session.run(end);
    }

    @Override
    public void cancel() {
      session.run(cancel);
    }
  }

  private Shape shape() {
    ImageGeometry g = source.geometry();
    return Shape.of(batches.images(), g.height(), g.width(), g.channels());
  }
}
