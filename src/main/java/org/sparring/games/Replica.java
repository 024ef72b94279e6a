package org.sparring.games;

import org.sparring.errors.TrainingException;
import org.sparring.graph.Host;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;

/**
 * One of the devices that train the same networks, each on its own part of every minibatch.
 *
 * @param rank number of this device, from 0
 * @param count devices, at least 1
 */
public record Replica(int rank, int count) {
  /** The only device. */
  public static final Replica SINGLE = new Replica(0, 1);

  public Replica {
    TrainingException.require(count >= 1, "expected at least 1 replica, found " + count);
    TrainingException.require(
        rank >= 0 && rank < count, "expected a rank from 0 to " + (count - 1) + ", found " + rank);
  }

  /**
   * Where this replica's part of a minibatch begins.
   *
   * @param draw number of the minibatch in its step
   * @param batch samples of each replica
   * @return samples before it in the step
   */
  public long offset(int draw, int batch) {
    return ((long) draw * count + rank) * batch;
  }

  /**
   * Maps a counter to numbers that only this replica uses: {@code number} · count + rank. All
   * replicas together use the numbers that a single device would use.
   *
   * @param number a counter that is equal on all replicas, scalar
   */
  public Operand<TInt64> own(Ops tf, Operand<TInt64> number) {
    if (count == 1) {
      return number;
    }
    Ops host = Host.of(tf);
    return host.math.add(
        host.math.mul(number, host.constant((long) count)), host.constant((long) rank));
  }
}
