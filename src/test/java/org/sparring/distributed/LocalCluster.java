package org.sparring.distributed;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.sparring.natives.SessionOptions;

/**
 * Several workers as threads of this process. Their servers cannot be stopped, so one cluster of
 * each size serves all tests.
 */
public final class LocalCluster {
  private static final List<LocalCluster> STARTED = new ArrayList<>();

  private final List<ClusterServer> servers = new ArrayList<>();

  private LocalCluster(int size) {
    List<String> addresses = addresses(size);
    for (int task = 0; task < size; task++) {
      Cluster cluster = new Cluster(addresses, task);
      servers.add(ClusterServer.start(cluster, SessionOptions.CPU.config()));
    }
  }

  /** A cluster of so many workers. */
  public static synchronized LocalCluster of(int size) {
    for (LocalCluster started : STARTED) {
      if (started.servers.size() == size) {
        return started;
      }
    }
    LocalCluster cluster = new LocalCluster(size);
    STARTED.add(cluster);
    return cluster;
  }

  /** Free ports of this machine. */
  static List<String> addresses(int size) {
    List<ServerSocket> open = new ArrayList<>();
    List<String> found = new ArrayList<>();
    try {
      for (int i = 0; i < size; i++) {
        ServerSocket socket = new ServerSocket(0);
        open.add(socket);
        found.add("127.0.0.1:" + socket.getLocalPort());
      }
      for (ServerSocket socket : open) {
        socket.close();
      }
      return found;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs something on all workers at once and returns the results by rank. */
  public <T> List<T> run(Function<ClusterServer, T> each) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(servers.size());
    try {
      List<Future<T>> running = new ArrayList<>();
      servers.forEach(server -> running.add(threads.submit(() -> each.apply(server))));
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get(60, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
