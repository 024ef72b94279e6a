package org.sparring.launching;

import java.util.List;

/** The command line of each worker that {@link LocalWorkers} starts. */
@FunctionalInterface
public interface WorkerProgram {
  /**
   * @param rank number of the worker, from 0
   * @param addresses of all workers, host:port
   * @param again whether the workers continue after one of them was lost
   * @return the program and its arguments
   */
  List<String> command(int rank, List<String> addresses, boolean again);
}
