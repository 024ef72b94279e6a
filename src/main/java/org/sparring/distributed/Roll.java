package org.sparring.distributed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sparring.errors.WorkerLostException;

/** Finds out which workers of a cluster answer. */
final class Roll {
  private static final int PATIENCE_MS = 2000;
  private static final int PAUSE_MS = 100;

  private Roll() {}

  /**
   * Waits until the servers of all workers accept a connection.
   *
   * @throws WorkerLostException that names those that did not in time
   */
  static void call(Cluster cluster, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    List<Integer> absent = absent(cluster);
    while (!absent.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new WorkerLostException(
            LostWorker.names(cluster, absent)
                + " did not start within "
                + patience.toSeconds()
                + " s\nExpected a training with the same recipe at each address.");
      }
      pause();
      absent = absent(cluster);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkerLostException("interrupted while the workers started", e);
    }
  }

  /** Returns the numbers of the workers that accept no connection. */
  static List<Integer> absent(Cluster cluster) {
    List<Integer> absent = new ArrayList<>();
    for (int task = 0; task < cluster.workers().size(); task++) {
      if (task != cluster.task() && !answers(cluster.workers().get(task))) {
        absent.add(task);
      }
    }
    return absent;
  }

  private static boolean answers(String address) {
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, colon);
    int port = Integer.parseInt(address.substring(colon + 1));
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
