package org.sparring.tasks;

import org.sparring.errors.TrainingException;
import org.sparring.games.GameRule;
import org.sparring.optimizers.Optimizer;
import org.sparring.replicas.Exchange;
import org.sparring.replicas.Replica;

/**
 * What is trained and how: the task, the update order of the players, and their optimizers.
 *
 * @param task networks and losses
 * @param rule update order of the players
 * @param optimizers of both players
 * @param averageDecay of the exponential moving average of the generator's weights, in [0, 1)
 * @param batch real samples of a minibatch on this replica, and as many generated ones; at least 1,
 *     and a multiple of the task's packing
 * @param exchange combines values over all devices
 */
public record GameSetup(
    Task task,
    GameRule rule,
    Optimizers optimizers,
    float averageDecay,
    int batch,
    Exchange exchange) {

  /**
   * How each player moves.
   *
   * @param gradientNorm largest global norm of each player's gradients; 0 for no bound
   * @param packed whether one op updates all weights of a player, see {@link
   *     org.sparring.graph.Pack}: for GPUs
   */
  public record Optimizers(
      Optimizer generator, Optimizer discriminator, float gradientNorm, boolean packed) {
    /** Each weight is updated by its own op. */
    public Optimizers(Optimizer generator, Optimizer discriminator, float gradientNorm) {
      this(generator, discriminator, gradientNorm, false);
    }

    /** Gradients of any norm. */
    public Optimizers(Optimizer generator, Optimizer discriminator) {
      this(generator, discriminator, 0);
    }
  }

  public GameSetup {
    TrainingException.require(batch >= 1, "batch must be at least 1, found " + batch);
    TrainingException.require(
        batch % task.packing() == 0,
        "batch must be a multiple of net.packing " + task.packing() + ", found " + batch);
  }

  /** On one device. */
  public GameSetup(Task task, GameRule rule, Optimizers optimizers, float averageDecay, int batch) {
    this(task, rule, optimizers, averageDecay, batch, Exchange.NONE);
  }

  /** Real samples that a step shows on all replicas, of each source. */
  public long images() {
    return (long) rule.draws() * batch * replica().count();
  }

  /** The part of every minibatch that this device trains on. */
  public Replica replica() {
    return exchange.replica();
  }
}
