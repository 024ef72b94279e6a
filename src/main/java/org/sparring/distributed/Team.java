package org.sparring.distributed;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.sparring.errors.WorkerLostException;
import org.sparring.replicas.Exchange;
import org.sparring.training.Together;
import org.sparring.training.TrainingGraph;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.ConfigProto;

/**
 * The workers that train together, as one of them sees them.
 *
 * <p>A call that needs all workers is made on a separate thread. If another worker does not take
 * part in it in time, TensorFlow may wait for it forever, so that thread is given up: after a
 * {@link WorkerLostException} this process can make no such call, and must end.
 */
public final class Team implements Together {
  private final Cluster cluster;
  private final Patience patience;
  private final ExecutorService calls =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "sparring-workers");
            thread.setDaemon(true);
            return thread;
          });
  private ClusterServer server;
  private LeadersSteps count;
  private boolean lost;

  public Team(Cluster cluster, Patience patience) {
    this.cluster = cluster;
    this.patience = patience;
  }

  /**
   * Starts this worker's server and waits until the servers of all workers answer.
   *
   * @param options of all sessions of this process
   * @throws WorkerLostException if one does not answer in time; the message names it
   */
  public void start(ConfigProto options) {
    server = ClusterServer.start(cluster, options);
    Roll.call(cluster, patience.start());
  }

  /** Whether this worker leads: it alone writes files and shows progress. */
  public boolean leads() {
    return cluster.leads();
  }

  /** Where all workers are. */
  public Cluster cluster() {
    return cluster;
  }

  /** Returns how the workers combine the values of one graph. */
  public Exchange exchange() {
    return server.exchange();
  }

  /** Opens a session of a graph on this worker's devices. */
  public Session session(Graph graph) {
    return server.session(graph);
  }

  /** Returns the texts of all workers by rank. */
  public List<String> messages(String own) {
    return cluster.workers().size() == 1
        ? List.of(own)
        : call("the exchange of messages", () -> new Messages(server).all(own));
  }

  /** Gives the variables of all workers the values that they have in the leading one. */
  public void share(TrainingGraph graph, Session session) {
    if (cluster.workers().size() > 1) {
      call(
          "sending the weights",
          () -> {
            Broadcast.run(graph.graph(), graph.state().variables(), session, server);
            return null;
          });
    }
  }

  @Override
  public int steps(int own) {
    if (count == null) {
      count = new LeadersSteps(server);
    }
    return call("the number of steps", () -> count.ofLeader(own));
  }

  @Override
  public <T> T call(String what, Supplier<T> call) {
    Future<T> running = calls.submit(call::get);
    try {
      return running.get(patience.call().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw lost(what, "took longer than " + patience.call().toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof TensorFlowException broken
              && LostWorker.isCause(cluster, broken)
          ? lost(what, "was broken off", broken)
          : rethrown(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WorkerLostException(what + ": interrupted", e);
    }
  }

  private WorkerLostException lost(String what, String how, Exception cause) {
    lost = true;
    return new WorkerLostException(
        LostWorker.named(cluster, cause) + ": " + what + " " + how, cause);
  }

  /** Whether another worker was lost, after which sessions of this process must not be closed. */
  public boolean hasLost() {
    return lost;
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }
}
