package org.sparring.batches;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import org.sparring.data.Dataset;
import org.sparring.data.Field;

/**
 * Reads and decodes minibatches before the training steps need them, in the order of the run. One
 * daemon thread delivers the batches; as many daemon threads as there are processors read the
 * samples. At most {@value #AHEAD} batches are being read at a time.
 */
final class ReadAhead implements AutoCloseable {
  private static final int AHEAD = 2;

  /** Least number of positions whose indices are looked up together. */
  private static final int LOOKED_UP = 4096;

  private static final String THREAD_NAME = "sparring-data-";

  private final Dataset source;
  private final List<Field> fields;
  private final int samples;
  private final Order order;
  private final Sink sink;
  private final ExecutorService decoders;
  private final Thread deliverer;
  private volatile boolean closed;
  private volatile Throwable failure;

  /** Which sample is shown at which position of the run. */
  @FunctionalInterface
  interface Order {
    /**
     * @param first position, from 0
     * @param count at least 1
     * @return the indices of the samples at {@code count} positions from {@code first}
     */
    long[] indices(long first, int count);
  }

  /** Takes the batches in order. */
  interface Sink {
    /**
     * Takes one batch; blocks while there is no room for it.
     *
     * @param first position of the batch in the run
     * @param values of each field, (samples, field shape) in native byte order, from position 0
     */
    void put(long first, List<ByteBuffer> values);

    /** No more batches come, because reading failed. Batches already taken stay valid. */
    void end();

    /** No more batches are needed: a blocked {@link #put} must fail. */
    void cancel();
  }

  /** A batch whose samples are being read. */
  private record Pending(long first, List<ByteBuffer> values, List<Future<?>> decoding) {}

  /**
   * @param fields that are read of each sample
   * @param samples in a batch, at least 1
   * @param first position of the first batch
   */
  ReadAhead(Dataset source, List<Field> fields, int samples, long first, Order order, Sink sink) {
    this.source = source;
    this.fields = fields;
    this.samples = samples;
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
      Deque<Pending> ahead = new ArrayDeque<>();
      Indices indices = new Indices(first);
      while (!closed) {
        while (ahead.size() < AHEAD) {
          ahead.add(begin(indices));
        }
        Pending batch = ahead.remove();
        for (Future<?> sample : batch.decoding()) {
          sample.get();
        }
        sink.put(batch.first(), batch.values());
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

  private Pending begin(Indices indices) {
    long first = indices.position;
    List<ByteBuffer> values = new ArrayList<>();
    for (Field field : fields) {
      int bytes = Math.multiplyExact(samples, field.bytes());
      values.add(ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder()));
    }
    List<Future<?>> decoding = new ArrayList<>(samples);
    for (int i = 0; i < samples; i++) {
      int index = indices.next();
      int place = i;
      decoding.add(decoders.submit(() -> read(index, values, place)));
    }
    return new Pending(first, values, decoding);
  }

  /** Reads all fields of one sample to a place of a batch. */
  private void read(int index, List<ByteBuffer> values, int place) {
    for (int f = 0; f < fields.size(); f++) {
      Field field = fields.get(f);
      ByteBuffer into = values.get(f).duplicate().order(ByteOrder.nativeOrder());
      source.read(index, field, into.position(place * field.bytes()));
    }
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
