package org.sparring.batches;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.sparring.data.Dataset;
import org.sparring.data.Field;
import org.sparring.errors.TrainingException;
import org.sparring.graph.Batch;
import org.sparring.graph.Host;
import org.sparring.graph.Variable;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.io.FifoQueue;
import org.tensorflow.op.io.QueueClose;
import org.tensorflow.op.io.QueueDequeue;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TType;

/**
 * Streams a data set that is too large for the device: Java threads read and decode minibatches
 * ahead of the training steps ({@link ReadAhead}) and put them into a TensorFlow queue in host
 * memory. The order and the values are exactly the same as in {@link ResidentSamples}: both call
 * {@link Dataset#read}.
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

  private final SampleReading reading;
  private final List<StoredField> fields;
  private final List<Class<? extends TType>> types = new ArrayList<>();
  private final List<Shape> shapes = new ArrayList<>();
  private final FifoQueue queue;
  private final Operand<TInt64> start;
  private final Placeholder<TInt64> positions;
  private final Operand<TInt64> indices;
  private final Placeholder<TInt64> first;
  private final List<Placeholder<? extends TType>> values = new ArrayList<>();
  private final Op enqueue;
  private final Op end;
  private final Op cancel;
  private QueueDequeue last;
  private ReadAhead ahead;
  private Session session;

  /**
   * @param tf graph to add the queue to
   * @param perStep minibatches in a training step, at least 1
   * @param step number of steps done; determines where {@link #load} starts
   */
  public StreamedSamples(Ops tf, SampleReading reading, int perStep, Variable<TInt64> step) {
    TrainingException.require(perStep >= 1, "a step must take at least 1 batch, found " + perStep);
    this.reading = reading;
    fields = reading.fields();
    Ops cpu = Host.of(tf);
    long samples = Math.multiplyExact(reading.batch(), (long) perStep);
    start = cpu.math.mul(step.read(tf), cpu.constant(samples)); // read wherever the variable is
    positions = cpu.placeholder(TInt64.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    indices = reading.order().indices(cpu, positions);
    first = cpu.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    queue = queue(cpu, reading.source() + SHARED_NAME);
    List<Operand<?>> components = new ArrayList<>(List.of(first));
    components.addAll(values);
    enqueue = cpu.io.queueEnqueue(queue, components);
    end = cpu.io.queueClose(queue);
    cancel = cpu.io.queueClose(queue, QueueClose.cancelPendingEnqueues(true));
  }

  /** A queue of positions and the fields of their minibatches. */
  private FifoQueue queue(Ops cpu, String sharedName) {
    types.add(TInt64.class);
    shapes.add(Shape.scalar());
    for (StoredField field : fields) {
      Shape rows = field.rows(reading.batch());
      types.add(field.type());
      shapes.add(rows);
      values.add(cpu.placeholder(field.type(), Placeholder.shape(rows)));
    }
    return cpu.io.fifoQueue(
        types,
        FifoQueue.shapes(shapes.toArray(Shape[]::new)),
        FifoQueue.capacity(AHEAD),
        FifoQueue.sharedName(sharedName));
  }

  @Override
  public long size() {
    return reading.dataset().size();
  }

  @Override
  public Batch batch(Ops tf, Operand<TInt64> position) {
    Ops cpu = Host.of(tf);
    Ops behind = last == null ? cpu : cpu.withControlDependencies(List.of(last));
    last = behind.io.queueDequeue(queue, types);
    Operand<TInt64> found = last.components().get(0).asOutput().expect(TInt64.class);
    Op inStep =
        cpu.assertThat(
            cpu.math.equal(found, position),
            List.of(cpu.constant("the stream is not where the run is"), found, position));
    Ops checked = cpu.withControlDependencies(List.of(inStep));
    List<Operand<? extends TType>> taken = new ArrayList<>();
    for (int f = 0; f < fields.size(); f++) {
      taken.add(taken(checked, last.components().get(1 + f), fields.get(f)));
    }
    return StoredField.batch(tf, fields, taken, reading.batch());
  }

  private <T extends TType> Operand<T> taken(Ops checked, Output<T> component, StoredField field) {
    return checked.ensureShape(checked.identity(component), field.rows(reading.batch()));
  }

  @Override
  public void anotherForm() {
    last = null;
  }

  /** Starts reading at the first image of the next training step. */
  @Override
  public void load(Session session) {
    TrainingException.require(ahead == null, "the stream was loaded before");
    this.session = session;
    long from;
    try (Result result = session.runner().fetch(start).run()) {
      from = ((TInt64) result.get(0)).getLong();
    }
    List<Field> read = fields.stream().map(StoredField::field).toList();
    ahead =
        new ReadAhead(reading.dataset(), read, reading.batch(), from, this::indices, new Queued());
  }

  @Override
  public void requireLoaded() {
    TrainingException.require(ahead != null, "the stream was not loaded before the first step");
  }

  /** The reader's own exception, which names the file, where reading ended the training. */
  @Override
  public RuntimeException explained(RuntimeException failure) {
    Throwable cause = ahead == null ? null : ahead.failure();
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
    if (ahead != null) {
      ahead.close();
    }
  }

  /** The order of the graph's own op, for the reading threads. */
  private long[] indices(long from, int count) {
    try (TInt64 asked = TInt64.vectorOf(positions(from, count));
        Result result = session.runner().feed(positions, asked).fetch(indices).run()) {
      long[] found = new long[count];
      ((TInt64) result.get(0)).asRawTensor().data().asLongs().read(found);
      return found;
    }
  }

  /** Where this device's samples are in the run. */
  private long[] positions(long from, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = reading.position(from + i);
    }
    return values;
  }

  /** The queue, as the reading threads see it. */
  private final class Queued implements ReadAhead.Sink {
    @Override
    public void put(long own, List<ByteBuffer> batch) {
      List<TType> tensors = new ArrayList<>();
      try (TInt64 at = TInt64.scalarOf(reading.position(own))) {
        Session.Runner runner = session.runner().feed(first, at);
        for (int f = 0; f < fields.size(); f++) {
          TType tensor = fields.get(f).tensor(reading.batch(), batch.get(f));
          tensors.add(tensor);
          runner.feed(values.get(f), tensor);
        }
        runner.addTarget(enqueue).run().close();
      } finally {
        tensors.forEach(TType::close);
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
}
