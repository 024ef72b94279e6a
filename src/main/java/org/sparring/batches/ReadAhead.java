package org.sparring.batches;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.sparring.data.ImageSource;

/**
 * Reads and decodes minibatches before the training steps need them, in the order of the run. One
 * daemon thread delivers the batches; as many daemon threads as there are processors decode the
 * images. At most {@value #AHEAD} batches are being decoded at a time.
 */
final class ReadAhead implements AutoCloseable {
  private static final int AHEAD = 2;

  /** Least number of positions whose indices are looked up together. */
  private static final int LOOKED_UP = 4096;

  private static final String THREAD_NAME = "sparring-data-";

  private final ImageSource source;
  private final int images;
  private final Order order;
  private final Sink sink;
  private final ExecutorService decoders;
  private final Thread deliverer;
  private volatile boolean closed;
  private volatile Throwable failure;

  /** Which image is shown at which position of the run. */
  @FunctionalInterface
  interface Order {
    /**
     * @param first position, from 0
     * @param count at least 1
     * @return the indices of the images at {@code count} positions from {@code first}
     */
    long[] indices(long first, int count);
  }

  /** Takes the batches in order. */
  interface Sink {
    /**
     * Takes one batch; blocks while there is no room for it.
     *
     * @param first position of the batch in the run
     * @param pixels (images, height, width, channels)
     */
    void put(long first, byte[] pixels);

    /** No more batches come, because reading failed. Batches already taken stay valid. */
    void end();

    /** No more batches are needed: a blocked {@link #put} must fail. */
    void cancel();
  }

  /** A batch whose images are being decoded. */
  private record Batch(long first, byte[] pixels, List<Future<?>> decoding) {}

  /**
   * @param images per batch, at least 1
   * @param first position of the first batch
   */
  ReadAhead(ImageSource source, int images, long first, Order order, Sink sink) {
    this.source = source;
    this.images = images;
    this.order = order;
    this.sink = sink;
    decoders = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), threads());
    deliverer = new Thread(() -> deliver(first), THREAD_NAME + "deliver");
    deliverer.setDaemon(true);
    deliverer.start();
  }

  private static ThreadFactory threads() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, THREAD_NAME + "decode-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Why no more batches come; null while reading goes well. */
  Throwable failure() {
    return failure;
  }

  /** Ends the threads; returns when no more calls to the sink can come. */
  @Override
  public void close() {
    cancel();
    decoders.shutdownNow();
    deliverer.interrupt();
    boolean interrupted = false;
    while (deliverer.isAlive()) {
      try {
        deliverer.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(long first) {
    try {
      Deque<Batch> ahead = new ArrayDeque<>();
      Indices indices = new Indices(first);
      while (!closed) {
        while (ahead.size() < AHEAD) {
          ahead.add(begin(indices));
        }
        Batch batch = ahead.remove();
        for (Future<?> image : batch.decoding()) {
          image.get();
        }
        sink.put(batch.first(), batch.pixels());
      }
    } catch (ExecutionException e) {
      fail(e.getCause());
    } catch (InterruptedException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private synchronized void cancel() {
    if (!closed) {
      closed = true;
      sink.cancel();
    }
  }

  private synchronized void fail(Throwable cause) {
    decoders.shutdownNow();
    if (!closed) {
      failure = cause;
      sink.end();
    }
  }

  private Batch begin(Indices indices) {
    long first = indices.position;
    int each = source.geometry().bytes();
    byte[] pixels = new byte[Math.multiplyExact(images, each)];
    List<Future<?>> decoding = new ArrayList<>(images);
    for (int i = 0; i < images; i++) {
      int index = indices.next();
      int offset = i * each;
      decoding.add(decoders.submit(() -> source.read(index, pixels, offset)));
    }
    return new Batch(first, pixels, decoding);
  }

  /** The indices of one position after another. */
  private final class Indices {
    private long position;
    private long[] known = {};
    private int used;

    Indices(long first) {
      position = first;
    }

    int next() {
      if (used == known.length) {
        known = order.indices(position, LOOKED_UP);
        used = 0;
      }
      position++;
      return Math.toIntExact(known[used++]);
    }
  }
}
