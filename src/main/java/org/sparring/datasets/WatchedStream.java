package org.sparring.datasets;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A stream that throws when a read waits too long, because a silent server never ends a read. */
final class WatchedStream extends FilterInputStream {
  private final Duration longest;
  private final ScheduledExecutorService watch = Executors.newScheduledThreadPool(1, this::daemon);
  private volatile long since;
  private volatile boolean reading;
  private volatile boolean stalled;

  WatchedStream(InputStream body, Duration longest) {
    super(body);
    this.longest = longest;
    long pause = Math.max(1, longest.toMillis() / 4);
    var unused = watch.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    since = System.nanoTime();
    reading = true;
    try {
      return in.read(into, offset, length);
    } catch (IOException e) {
      throw stalled ? stall(e) : e;
    } finally {
      reading = false;
    }
  }

  @Override
  public void close() throws IOException {
    watch.shutdownNow();
    in.close();
  }

  /** Closes the body if the read has stalled, because only that ends a blocked read. */
  private void look() {
    if (reading && System.nanoTime() - since > longest.toNanos()) {
      stalled = true;
      try {
        in.close();
      } catch (IOException e) {
        // the blocked read then throws the exception about the stall
      }
    }
  }

  private IOException stall(IOException cause) {
    IOException stall = new SocketTimeoutException("no byte in " + longest.toMillis() + " ms");
    stall.initCause(cause);
    return stall;
  }

  private Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "download-watch");
    thread.setDaemon(true);
    return thread;
  }
}
