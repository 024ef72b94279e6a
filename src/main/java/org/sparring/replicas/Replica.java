package org.sparring.replicas;

import org.sparring.errors.GraphException;

/**
 * One of the devices that train the same networks, each on its own part of every minibatch.
 *
 * @param rank number of this device, from 0
 * @param count number of devices, at least 1
 */
public record Replica(int rank, int count) {
  /** The replica of a run on a single device. */
  public static final Replica SINGLE = new Replica(0, 1);

  public Replica {
    require(count >= 1, "expected at least 1 replica, found " + count);
    require(
        rank >= 0 && rank < count, "expected a rank from 0 to " + (count - 1) + ", found " + rank);
  }

  /** Whether there is no other device. */
  public boolean isSingle() {
    return count == 1;
  }

  /**
   * Returns the number of samples before this replica's part of a minibatch.
   *
   * @param draw number of the minibatch, from 0
   * @param batch number of samples per replica
   */
  public long offset(long draw, int batch) {
    return (draw * count + rank) * batch;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new GraphException(message);
    }
  }
}
