package org.sparring.distributed;

import java.util.concurrent.atomic.AtomicInteger;
import org.sparring.natives.NativeLibraries;
import org.sparring.replicas.Exchange;
import org.sparring.replicas.Replica;
import org.tensorflow.Graph;
import org.tensorflow.Server;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.ServerDef;

/**
 * TensorFlow's server of this process, through which the processes of a cluster exchange tensors.
 * It lives as long as the process, because TensorFlow cannot stop it.
 *
 * <p>It listens on all network interfaces, without authentication: for private networks only.
 */
public final class ClusterServer {
  private final Cluster cluster;
  private final ConfigProto config;
  private final AtomicInteger keys = new AtomicInteger();

  private ClusterServer(Cluster cluster, ConfigProto config) {
    this.cluster = cluster;
    this.config = config;
  }

  /**
   * Starts the server.
   *
   * @param options of all sessions of this process
   */
  public static ClusterServer start(Cluster cluster, ConfigProto options) {
    NativeLibraries.load();
    ConfigProto.Builder config = options.toBuilder();
    // in the server's default, not only in the session's: otherwise every process waits forever
    config.getExperimentalBuilder().setCollectiveGroupLeader(Cluster.leader());
    // among GPUs; without it TensorFlow would send their tensors through host memory
    config.getExperimentalBuilder().setCollectiveNccl(true);
    // each process plans for its own devices only
    config.addDeviceFilters(cluster.devices());
    // variables belong to a session, as they do without a server
    config.setIsolateSessionState(true);
    ConfigProto built = config.build();
    ServerDef definition =
        ServerDef.newBuilder()
            .setCluster(cluster.definition())
            .setJobName(Cluster.JOB)
            .setTaskIndex(cluster.task())
            .setProtocol("grpc")
            .setDefaultSessionConfig(built)
            .build();
    @SuppressWarnings("resource") // it cannot be stopped
    Server server = new Server(definition);
    server.start();
    return new ClusterServer(cluster, built);
  }

  /** Returns how this process and the others of the cluster combine the values of one graph. */
  public Exchange exchange() {
    Replica replica = cluster.replica();
    return replica.isSingle()
        ? Exchange.NONE
        : new CollectiveExchange(replica, this::nextKey, mayUseGpu());
  }

  private boolean mayUseGpu() {
    boolean excluded = config.getDeviceCountOrDefault("GPU", 1) == 0;
    return NativeLibraries.hasDriver() && !excluded;
  }

  /** This process among those of the cluster. */
  Replica replica() {
    return cluster.replica();
  }

  /** Returns a number that no other collective op of this process has. */
  int nextKey() {
    return keys.incrementAndGet();
  }

  /** Opens a session of a graph on this process's devices. */
  public Session session(Graph graph) {
    return TargetSession.open(graph, cluster.target(), config);
  }
}
