package org.sparring.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.ModelException;

/**
 * Requests of many threads, which one thread takes in the order of their arrival, several at a
 * time.
 *
 * <p>The first request of a batch waits for others until the batch is full, its waiting time is
 * over, or as many requests have arrived as were taken last time. Threads that send one request
 * after another therefore share batches without waiting for the full time, and a single thread does
 * not wait at all.
 */
final class BatchQueue {
  private final BatchLimits limits;
  private final String full;
  private final Deque<BatchRequest> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int admitted;
  private int images;
  private int lastTaken = 1;
  private boolean closed;
  private boolean ended;

  BatchQueue(BatchLimits limits) {
    this.limits = limits;
    full =
        "expected at most "
            + limits.waiting()
            + " waiting requests, found one more\nAsk again later, or from fewer threads.";
  }

  /**
   * Reserves a place for a request, before any work is done for it. An admitted thread must call
   * {@link #add} or {@link #leave}.
   *
   * @throws ModelException of kind BUSY if every place is taken, CLOSED if the queue is closed
   */
  void admit() {
    lock.lock();
    try {
      requireOpen(closed);
      if (waiting.size() + admitted >= limits.waiting()) {
        throw new ModelException(ErrorKind.BUSY, full);
      }
      admitted++;
    } finally {
      lock.unlock();
    }
  }

  private static void requireOpen(boolean closed) {
    if (closed) {
      throw new ModelException(ErrorKind.CLOSED, "this batcher is closed");
    }
  }

  /**
   * Puts an admitted request into its place, also while the queue is being closed.
   *
   * @throws ModelException of kind CLOSED if no more are taken out
   */
  void add(BatchRequest request) {
    lock.lock();
    try {
      admitted--;
      requireOpen(ended);
      waiting.add(request);
      images += request.count();
      if (waiting.size() == 1 || closed || enough()) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Gives up an admitted request's place. */
  void leave() {
    lock.lock();
    try {
      admitted--;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next batch; returns none when the queue is closed and no thread is admitted. */
  List<BatchRequest> next() {
    lock.lock();
    try {
      while (waiting.isEmpty() && !(closed && admitted == 0)) {
        changed.awaitUninterruptibly();
      }
      awaitOthers();
      return taken();
    } finally {
      lock.unlock();
    }
  }

  private void awaitOthers() {
    long end = System.nanoTime() + limits.patience().toNanos();
    long left = limits.patience().toNanos();
    while (!closed && !enough() && left > 0) {
      try {
        left = changed.awaitNanos(left);
      } catch (InterruptedException e) {
        // this thread belongs to the queue alone, so an interrupt only ends the waiting
        left = end - System.nanoTime();
      }
    }
  }

  private boolean enough() {
    return images >= limits.images() || waiting.size() >= lastTaken;
  }

  private List<BatchRequest> taken() {
    List<BatchRequest> batch = new ArrayList<>();
    int room = limits.images();
    while (!waiting.isEmpty() && waiting.peek().count() <= room) {
      BatchRequest request = waiting.remove();
      room -= request.count();
      images -= request.count();
      batch.add(request);
    }
    lastTaken = Math.max(1, batch.size());
    return batch;
  }

  /** Admits no more requests; admitted ones are still taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Admits no more requests, and refuses the admitted ones. */
  void refuseAll() {
    lock.lock();
    try {
      closed = true;
      ended = true;
      waiting.forEach(
          request ->
              request
                  .done()
                  .completeExceptionally(
                      new ModelException(ErrorKind.CLOSED, "this batcher is closed")));
      waiting.clear();
      images = 0;
    } finally {
      lock.unlock();
    }
  }
}
