package org.sparring.theory;

import java.util.List;
import org.sparring.games.Player;
import org.sparring.graph.Fans;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.losses.AdversarialLoss;
import org.sparring.optimizers.Adam;
import org.sparring.optimizers.LearningRate;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A discriminator that can represent any function on a table's cells, trained to the optimum of its
 * loss against a fixed generator.
 *
 * @param logits logit of each cell, (cells)
 * @param loss loss of the discriminator at these logits
 */
record TableCritic(double[] logits, double loss) {
  private static final int STEPS = 1000;

  /**
   * Decays to 0, because Adam with a constant rate would oscillate with the amplitude of its rate.
   */
  private static final LearningRate RATE = LearningRate.linear(0.1f, STEPS);

  /**
   * @param start offset added to the initial logits, which are N(0, 1)
   */
  static TableCritic trained(Table table, AdversarialLoss kind, float start, long seed) {
    try (Trial trial = new Trial(seed)) {
      Ops tf = trial.tf();
      Variable<TFloat32> cells =
          trial
              .variables()
              .weight(
                  Owner.DISCRIMINATOR,
                  "cells",
                  Shape.of(table.cells(), 1),
                  new Fans(1, 1),
                  normalAround(start));
      Player player =
          new Player(
              trial.variables(),
              Owner.DISCRIMINATOR,
              List.of(cells),
              new Adam(RATE, 0.5f, 0.999f, 1e-8f));
      Weights weights = player.read(tf);
      Operand<TFloat32> logits = weights.get(cells); // (cells, 1)
      Operand<TFloat32> loss =
          kind.discriminator(
              tf, of(tf, logits, table.realCells()), of(tf, logits, table.fakeCells()));
      Player.Step step = player.move(tf, loss, weights);
      trial.begin();
      trial.run(step.done(), STEPS);
      List<double[]> end = trial.values(List.of(logits, loss));
      return new TableCritic(end.get(0), end.get(1)[0]);
    }
  }

  /** Returns D = σ(logit) of each cell, (cells). */
  double[] probabilities() {
    double[] d = new double[logits.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = 1 / (1 + Math.exp(-logits[i]));
    }
    return d;
  }

  /** Returns the logits of the given cells, (pairs, 1). */
  private static Operand<TFloat32> of(Ops tf, Operand<TFloat32> logits, int[] cells) {
    return tf.gather(logits, tf.constant(cells), tf.constant(0));
  }

  private static Initializer normalAround(float mean) {
    return (tf, shape, fans, seed) ->
        tf.math.add(Initializer.normal(1).values(tf, shape, fans, seed), tf.constant(mean));
  }
}
