package org.sparring.distributed;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.sparring.errors.ArgumentException;
import org.sparring.replicas.Replica;
import org.tensorflow.proto.ClusterDef;
import org.tensorflow.proto.JobDef;

/**
 * The processes that train together, one for each device, and which of them this one is.
 *
 * @param workers address of each process, host:port
 * @param task number of this process, from 0; process 0 leads
 */
public record Cluster(List<String> workers, int task) {
  static final String JOB = "worker";

  private static final Pattern ADDRESS = Pattern.compile("[^\\s:/]+:\\d{1,5}");
  private static final int LAST_PORT = 65_535;

  public Cluster {
    workers = List.copyOf(workers);
    ArgumentException.require(!workers.isEmpty(), "workers", "expected at least one, found none");
    workers.forEach(Cluster::require);
    ArgumentException.require(
        new HashSet<>(workers).size() == workers.size(),
        "workers",
        "expected different addresses, found " + workers);
    ArgumentException.require(
        task >= 0 && task < workers.size(),
        "task",
        "expected a number from 0 to " + (workers.size() - 1) + ", found " + task);
  }

  private static void require(String address) {
    boolean holds = ADDRESS.matcher(address).matches();
    int port = holds ? Integer.parseInt(address.substring(address.indexOf(':') + 1)) : 0;
    ArgumentException.require(
        port > 0 && port <= LAST_PORT, "workers", "expected host:port, found '" + address + "'");
  }

  /** The part of every minibatch that this process trains on. */
  public Replica replica() {
    return new Replica(task, workers.size());
  }

  /** Whether this process leads: it alone writes files and shows progress. */
  public boolean leads() {
    return task == 0;
  }

  /** Number of processes on the machine of this one, as far as the addresses say. */
  public int here() {
    String host = host(workers.get(task));
    return (int) workers.stream().filter(address -> host(address).equals(host)).count();
  }

  private static String host(String address) {
    return address.substring(0, address.indexOf(':'));
  }

  /** TensorFlow's name of this process's devices. */
  String devices() {
    return name(task);
  }

  /** TensorFlow's name of the process that assigns the members of a group their ranks. */
  static String leader() {
    return name(0);
  }

  private static String name(int task) {
    return "/job:" + JOB + "/replica:0/task:" + task;
  }

  ClusterDef definition() {
    JobDef.Builder job = JobDef.newBuilder().setName(JOB);
    for (int i = 0; i < workers.size(); i++) {
      job.putTasks(i, workers.get(i));
    }
    return ClusterDef.newBuilder().addJob(job).build();
  }

  /** Where a session of this process connects. */
  String target() {
    return target(workers.get(task));
  }

  /** Where a session of the process at an address connects. */
  static String target(String address) {
    return "grpc://" + address;
  }
}
