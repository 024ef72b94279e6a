package org.sparring.inference;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.ModelException;

/**
 * Combines concurrent requests of many threads into one run, which takes little longer than a run
 * for one of them. It is meant for threads that request few images each; a single thread is served
 * faster by the model itself.
 *
 * <p>A request gets the images that the model alone gives for its seed, up to the rounding of
 * float32, because rows of a batch do not affect each other. A request that fails does not affect
 * the others. Its latent vectors, and the classes of a conditional model if it names none, are
 * drawn first by small calls in the requesting thread.
 *
 * <p>Requests are refused by a {@link ModelException} before TensorFlow is called and before
 * anything is allocated for the images: of kind {@link ErrorKind#BUSY} if {@link
 * BatchLimits#waiting} requests wait already, {@link ErrorKind#TOO_MANY} for more than {@link
 * BatchLimits#images}, {@link ErrorKind#CLOSED} after {@link #close}, and for the same reasons as
 * by {@link GeneratorModel}.
 */
public final class MicroBatcher implements AutoCloseable {
  private final GeneratorModel model;
  private final BatchLimits limits;
  private final BatchQueue queue;
  private final Thread runner;

  /**
   * @param model stays the caller's, who closes it after the batcher
   */
  public MicroBatcher(GeneratorModel model, BatchLimits limits) {
    this(model, limits, new BatchQueue(limits));
  }

  MicroBatcher(GeneratorModel model, BatchLimits limits, BatchQueue queue) {
    model.checks().requireImages(1);
    this.model = model;
    this.limits = limits;
    this.queue = queue;
    runner = new Thread(() -> serve(model, queue), "sparring-batcher");
    runner.setDaemon(true);
    runner.start();
  }

  /** As {@link GeneratorModel#sample(long, int)}. */
  public Images sample(long seed, int count) {
    requireCount(count);
    Collected values = new Collected();
    ask(() -> request(seed, count, values));
    return images(values, count);
  }

  /** As {@link GeneratorModel#sample(long, int[])}. */
  public Images sample(long seed, int[] labels) {
    requireLabels(labels);
    Collected values = new Collected();
    ask(() -> request(seed, labels, values));
    return images(values, labels.length);
  }

  /** As {@link GeneratorModel#sample(long, int, FloatBuffer)}. */
  public void sample(long seed, int count, FloatBuffer into) {
    requireCount(count);
    Consumer<FloatBuffer> reader = Destination.of(into, model.checks().values(count));
    ask(() -> request(seed, count, reader));
  }

  /** As {@link GeneratorModel#sample(long, int[], FloatBuffer)}. */
  public void sample(long seed, int[] labels, FloatBuffer into) {
    requireLabels(labels);
    Consumer<FloatBuffer> reader = Destination.of(into, model.checks().values(labels.length));
    ask(() -> request(seed, labels, reader));
  }

  /**
   * Completes earlier requests and refuses later ones.
   *
   * @throws ModelException of {@link #sample} from then on
   */
  @Override
  public void close() {
    queue.close();
    boolean interrupted = false;
    while (runner.isAlive()) {
      try {
        runner.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Prepares a request once it is admitted, and waits for its images.
   *
   * @param prepared calls TensorFlow, to sample latent vectors and classes
   */
  private void ask(Supplier<BatchRequest> prepared) {
    queue.admit();
    BatchRequest request;
    try {
      request = prepared.get();
    } catch (RuntimeException | Error e) {
      queue.leave();
      throw e;
    }
    queue.add(request);
    request.await();
  }

  private BatchRequest request(long seed, int count, Consumer<FloatBuffer> reader) {
    float[] z = model.latents(seed, count, GeneratorModel.UNTRUNCATED);
    int[] labels = model.classes() == 0 ? new int[0] : model.labels(seed, count);
    return new BatchRequest(z, labels, count, reader);
  }

  private BatchRequest request(long seed, int[] labels, Consumer<FloatBuffer> reader) {
    float[] z = model.latents(seed, labels.length, GeneratorModel.UNTRUNCATED);
    return new BatchRequest(z, labels.clone(), labels.length, reader);
  }

  /** Values in an array, which is not allocated before there are values. */
  private static final class Collected implements Consumer<FloatBuffer> {
    private float[] values;

    @Override
    public void accept(FloatBuffer found) {
      values = new float[found.remaining()];
      found.get(values);
    }
  }

  /** Makes the runs of a queue until it is closed and empty. */
  static void serve(GeneratorModel model, BatchQueue queue) {
    try {
      for (List<BatchRequest> batch = queue.next(); !batch.isEmpty(); batch = queue.next()) {
        run(model, batch);
      }
    } finally {
      // whatever ends this thread, nobody is to wait for it
      queue.refuseAll();
    }
  }

  /** Runs all requests together. If that fails, runs each alone, for only one may be to blame. */
  private static void run(GeneratorModel model, List<BatchRequest> batch) {
    try {
      runTogether(model, batch);
    } catch (RuntimeException | Error e) {
      if (batch.size() == 1) {
        batch.get(0).done().completeExceptionally(e);
      } else {
        batch.forEach(request -> run(model, List.of(request)));
      }
    }
  }

  private static void runTogether(GeneratorModel model, List<BatchRequest> batch) {
    BatchRequest.Joined joined = BatchRequest.joined(batch);
    int count = batch.stream().mapToInt(BatchRequest::count).sum();
    model
        .calls()
        .generateAtOnce(
            joined.z(),
            joined.labels(),
            values -> share(values, values.remaining() / count, batch));
  }

  /** Hands each its own part of the values, {@code each} an image. */
  private static void share(FloatBuffer values, int each, List<BatchRequest> batch) {
    int at = 0;
    for (BatchRequest request : batch) {
      int size = request.count() * each;
      request.deliver(values.slice(at, size));
      at += size;
    }
  }

  private void requireCount(int count) {
    if (count > limits.images()) {
      throw new ModelException(
          ErrorKind.TOO_MANY,
          "expected at most "
              + limits.images()
              + " images a request, found "
              + count
              + "\nAsk the model itself, or give the batcher a higher limit.");
    }
    model.checks().requireImages(count);
  }

  private void requireLabels(int[] labels) {
    // an empty array is refused for its lack of labels
    requireCount(Math.max(1, labels.length));
    model.checks().requireLabels(labels, labels.length);
  }

  private Images images(Collected found, int count) {
    return new Images(found.values, count, model.height(), model.width(), model.channels());
  }
}
