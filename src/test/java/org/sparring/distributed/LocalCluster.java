package org.sparring.distributed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.sparring.launching.LoopbackPorts;
import org.sparring.natives.SessionOptions;

/**
 * Several workers as threads of this process. Their servers cannot be stopped, so one cluster of
 * each size serves all tests.
 */
public final class LocalCluster {
  private static final List<LocalCluster> STARTED = new ArrayList<>();

  private final List<ClusterServer> servers = new ArrayList<>();

  private LocalCluster(int size) {
    List<String> addresses = LoopbackPorts.free(size);
    for (int task = 0; task < size; task++) {
      Cluster cluster = new Cluster(addresses, task);
      servers.add(ClusterServer.start(cluster, SessionOptions.CPU.config()));
    }
  }

  /** The cluster of this number of workers. */
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

  /** Runs something on all workers at once and returns the results by rank. */
  public <T> List<T> run(Function<ClusterServer, T> each) throws Exception {
    return atOnce(servers, each);
  }

  /** Runs something for each worker on a thread and returns the results in their order. */
  static <W, T> List<T> atOnce(List<W> workers, Function<W, T> each) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(workers.size());
    try {
      List<Future<T>> running = new ArrayList<>();
      workers.forEach(worker -> running.add(threads.submit(() -> each.apply(worker))));
      List<T> results = new ArrayList<>();
      for (Future<T> one : running) {
        results.add(one.get(240, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
