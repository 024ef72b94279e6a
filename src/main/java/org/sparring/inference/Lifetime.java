package org.sparring.inference;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.sparring.errors.ErrorKind;
import org.sparring.errors.ModelException;

/** Keeps something open during the calls of many threads, and closes it behind the last of them. */
final class Lifetime {
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile boolean closed;
  private boolean freed;

  /**
   * Does not wait, not even for a call that is under way while another thread closes.
   *
   * @throws ModelException of kind CLOSED if {@link #close} has been called
   */
  void requireOpen() {
    if (closed) {
      throw new ModelException(ErrorKind.CLOSED, "this model is closed");
    }
  }

  /**
   * Keeps it open during a call.
   *
   * @throws ModelException of kind CLOSED if {@link #close} has been called
   */
  <T> T whileOpen(Supplier<T> call) {
    lock.readLock().lock();
    try {
      requireOpen();
      return call.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Refuses later calls, waits for those under way, and frees once. */
  void close(Runnable free) {
    closed = true;
    lock.writeLock().lock();
    try {
      if (!freed) {
        freed = true;
        free.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
