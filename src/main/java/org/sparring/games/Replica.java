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
 * @param count number of devices, at least 1
 */
public record Replica(int rank, int count) {
  /** The replica of a run on a single device. */
  public static final Replica SINGLE = new Replica(0, 1);

  public Replica {
    TrainingException.require(count >= 1, "expected at least 1 replica, found " + count);
    TrainingException.require(
        rank >= 0 && rank < count, "expected a rank from 0 to " + (count - 1) + ", found " + rank);
  }

  /**
   * Returns the number of samples in the step before this replica's part of a minibatch.
   *
   * @param draw number of the minibatch within the step, from 0
   * @param batch number of samples per replica
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
