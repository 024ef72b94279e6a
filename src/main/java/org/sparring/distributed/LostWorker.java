package org.sparring.distributed;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;

/** Names the workers without which a call could not be made. */
final class LostWorker {
  private static final long PATIENCE_MS = 3000;

  private static final String NAME = "/job:" + Cluster.JOB + "/replica:0/task:(\\d+)";

  /** How TensorFlow names a worker. */
  private static final Pattern WORKER = Pattern.compile(NAME);

  /** How TensorFlow names the worker that it could not reach. */
  private static final Pattern REMOTE = Pattern.compile("remote target " + NAME);

  private static final List<String> SIGNS =
      List.of(
          "RPC",
          "Connection reset",
          "Socket closed",
          "failed to connect",
          "Collective ops is aborted",
          "collective",
          "Collective");

  private LostWorker() {}

  /**
   * Whether TensorFlow failed because of another worker. Where this worker lacks memory, TensorFlow
   * names this worker.
   */
  static boolean isCause(Cluster cluster, TensorFlowException failure) {
    String message = String.valueOf(failure.getMessage());
    boolean named =
        failure instanceof TFResourceExhaustedException
            ? !others(WORKER, cluster, failure).isEmpty()
            : WORKER.matcher(message).find();
    return named || SIGNS.stream().anyMatch(message::contains);
  }

  /**
   * Names the lost workers: those that refuse a connection, those that accept it but do not
   * compute, as when a process is stopped, or else the one that TensorFlow could not reach.
   */
  static String named(Cluster cluster, Exception failure) {
    List<Integer> absent = Roll.absent(cluster);
    if (absent.isEmpty()) {
      absent = silent(cluster);
    }
    if (absent.isEmpty()) {
      absent = others(REMOTE, cluster, failure);
    }
    return absent.isEmpty() ? "a worker was lost" : "lost " + names(cluster, absent);
  }

  /** Returns the other workers that a failure names. */
  private static List<Integer> others(Pattern name, Cluster cluster, Exception failure) {
    Matcher named = name.matcher(String.valueOf(failure.getMessage()));
    TreeSet<Integer> found = new TreeSet<>();
    while (named.find()) {
      found.add(Integer.parseInt(named.group(1)));
    }
    found.remove(cluster.task());
    return List.copyOf(found);
  }

  /** Returns the workers that do not compute a constant in time. */
  private static List<Integer> silent(Cluster cluster) {
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "sparring-roll");
              thread.setDaemon(true);
              return thread;
            });
    List<Integer> asked = new ArrayList<>();
    List<Future<?>> answers = new ArrayList<>();
    for (int task = 0; task < cluster.workers().size(); task++) {
      if (task != cluster.task()) {
        String target = Cluster.target(cluster.workers().get(task));
        asked.add(task);
        answers.add(threads.submit(() -> ask(target)));
      }
    }
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    List<Integer> silent = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      if (!answered(answers.get(i), end - System.nanoTime())) {
        silent.add(asked.get(i));
      }
    }
    return silent;
  }

  private static boolean answered(Future<?> answer, long nanos) {
    try {
      answer.get(Math.max(1, nanos), TimeUnit.NANOSECONDS);
      return true;
    } catch (ExecutionException e) {
      return true; // it refuses, as a worker does that has seen the same failure
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void ask(String target) {
    try (Graph graph = new Graph()) {
      var one = Ops.create(graph).constant(1);
      try (Session session = TargetSession.open(graph, target, ConfigProto.getDefaultInstance());
          Result result = session.runner().fetch(one).run()) {
        result.get(0);
      }
    }
  }

  /** Returns "worker 1 (host:port)", for several joined by commas. */
  static String names(Cluster cluster, List<Integer> tasks) {
    return tasks.stream()
        .map(task -> "worker " + task + " (" + cluster.workers().get(task) + ")")
        .collect(Collectors.joining(", "));
  }
}
