package org.sparring.training;

import java.nio.file.Path;
import java.util.List;
import org.sparring.data.DataException;
import org.sparring.data.ImageGeometry;
import org.sparring.data.ImageSource;
import org.sparring.graph.Variable;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.data.Iterator;
import org.tensorflow.op.data.IteratorGetNext;
import org.tensorflow.op.data.ParallelMapDataset;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * A data set of image files that is larger than the device should hold: TensorFlow's own input
 * pipeline reads and decodes ahead of the step, on the processor. The order is that of {@link
 * ResidentSamples}, and so are the images but for the rounding that {@link StreamedImage} tells of.
 *
 * <p>The pipeline goes forward only. {@link #load} sets it to where the run stands, and {@link
 * #batch} must be called in the order of the positions; a step that would get other images than
 * those of its position fails.
 */
public final class StreamedSamples implements RealSamples {
  /** Batches that wait decoded. */
  private static final long AHEAD = 2;

  /** By which a device loop's copy of a step reaches the same pipeline. */
  private static final String SHARED_NAME = "data/batches";

  private static final List<Class<? extends TType>> TYPES = List.of(TInt64.class, TUint8.class);

  private final ImageSource source;
  private final SampleOrder order;
  private final Batches batches;
  private final Iterator iterator;
  private final Op start;
  private final Operand<TInt64> here;
  private final Operand<TInt64> hereIndices;
  private IteratorGetNext last;
  private Session session;

  /**
   * How the images are consumed.
   *
   * @param images a batch, at least 1
   * @param perStep batches a step, at least 1
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
   * @param tf where the pipeline is made
   * @param source one file an image, of square geometry
   * @param step steps done, which says where the pipeline starts
   * @throws TrainingException if the source is not made of files
   */
  public StreamedSamples(
      Ops tf, ImageSource source, SampleOrder order, Batches batches, Variable<TInt64> step) {
    this.source = source;
    this.order = order;
    this.batches = batches;
    Ops cpu = onCpu(tf);
    here = cpu.math.mul(step.read(cpu), cpu.constant((long) batches.imagesPerStep()));
    hereIndices = order.indices(cpu, SampleOrder.positions(cpu, here, batches.imagesPerStep()));
    iterator = cpu.data.iterator(SHARED_NAME, "", TYPES, batchShapes());
    start = cpu.data.makeIterator(dataset(cpu), iterator);
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public Operand<TFloat32> batch(Ops tf, Operand<TInt64> position) {
    Ops cpu = onCpu(tf);
    Ops behind = last == null ? cpu : cpu.withControlDependencies(List.of(last));
    last = behind.data.iteratorGetNext(iterator, TYPES, batchShapes());
    Operand<TInt64> found = last.components().get(0).asOutput().expect(TInt64.class);
    Operand<TUint8> pixels = last.components().get(1).asOutput().expect(TUint8.class);
    Operand<TInt64> first = cpu.reduceMin(found, cpu.constant(0));
    Op inStep =
        cpu.assertThat(
            cpu.math.equal(first, position),
            List.of(cpu.constant("the stream is not where the run is"), first, position));
    return Pixels.signed(tf, cpu.withControlDependencies(List.of(inStep)).identity(pixels));
  }

  @Override
  public Operand<TInt32> labels(Ops tf, Operand<TInt64> position) {
    return new SampleLabels(source, order, batches.images()).at(tf, position);
  }

  @Override
  public void anotherForm() {
    last = null;
  }

  /** Sets the pipeline to the first image of the next step. */
  @Override
  public void load(Session session) {
    this.session = session;
    session.run(start);
  }

  /** Reads the step's files again, here, to name the one that is at fault. */
  @Override
  public RuntimeException explained(RuntimeException failure) {
    if (session == null) {
      return new TrainingException("the stream was not loaded before the first step");
    }
    try (Result result = session.runner().fetch(hereIndices).run()) {
      byte[] image = new byte[source.geometry().bytes()];
      for (var index : ((TInt64) result.get(0)).scalars()) {
        source.read(Math.toIntExact(index.getLong()), image, 0);
      }
      return failure;
    } catch (DataException e) {
      e.addSuppressed(failure);
      return e;
    }
  }

  private static Ops onCpu(Ops tf) {
    return tf.withDevice(
        DeviceSpec.newBuilder().deviceType(DeviceSpec.DeviceType.CPU).deviceIndex(0).build());
  }

  /** Positions from here on → (position, pixels), decoded in parallel and kept in order. */
  private Operand<? extends TType> dataset(Ops tf) {
    Operand<? extends TType> positions =
        tf.data.rangeDataset(
            here,
            tf.constant(Long.MAX_VALUE),
            tf.constant(1L),
            List.of(TInt64.class),
            List.of(Shape.scalar()));
    Operand<? extends TType> images = decoded(tf, positions);
    Operand<? extends TType> batched =
        tf.data.batchDataset(
            images, tf.constant((long) batches.images()), tf.constant(true), TYPES, batchShapes());
    return tf.data.prefetchDataset(batched, tf.constant(AHEAD), TYPES, batchShapes());
  }

  private Operand<? extends TType> decoded(Ops tf, Operand<? extends TType> positions) {
    try (ConcreteFunction image = ConcreteFunction.create(this::image)) {
      return tf.data.parallelMapDataset(
          positions,
          List.of(paths(tf)),
          tf.constant((long) Runtime.getRuntime().availableProcessors()),
          image,
          TYPES,
          List.of(Shape.scalar(), imageShape()),
          ParallelMapDataset.deterministic("true"));
    }
  }

  private Operand<TString> paths(Ops tf) {
    List<Path> files =
        source
            .files()
            .orElseThrow(
                () -> new TrainingException(source.name() + " is not made of files to stream"));
    return tf.array(files.stream().map(f -> f.toAbsolutePath().toString()).toArray(String[]::new));
  }

  /** position, paths → position, pixels of the image shown there. */
  private Signature image(Ops tf) {
    Placeholder<TInt64> position = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
    Placeholder<TString> paths =
        tf.placeholder(TString.class, Placeholder.shape(Shape.of(source.size())));
    Operand<TInt64> index = order.indices(tf, SampleOrder.positions(tf, position, 1)); // (1)
    Operand<TString> path = tf.gather(paths, index, tf.constant(0)); // (1)
    Operand<TString> file = tf.io.readFile(tf.reshape(path, tf.constant(new int[0])));
    return Signature.builder("image")
        .input("position", position)
        .input("paths", paths)
        .output("position", tf.identity(position))
        .output("pixels", new StreamedImage(source.geometry()).pixels(tf, file))
        .build();
  }

  private Shape imageShape() {
    ImageGeometry g = source.geometry();
    return Shape.of(g.height(), g.width(), g.channels());
  }

  private List<Shape> batchShapes() {
    Shape batch = Shape.of(batches.images());
    return List.of(batch, batch.append(imageShape()));
  }
}
