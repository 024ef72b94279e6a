package org.sparring.benchmarks.peers;

import java.util.Map;
import java.util.TreeMap;
import org.sparring.benchmarks.timing.Contender;
import org.sparring.benchmarks.timing.StepClock;
import org.sparring.benchmarks.timing.StepClock.Losses;

/**
 * The alternating step: the discriminator is updated on a real and a generated batch, each
 * normalised separately, then the generator is updated against the new discriminator. As in
 * Sparring, both updates use the same generated batch.
 *
 * <p>Sparring does more in a step, and that is timed too: it gathers its batch in random order from
 * the bytes of a data set, averages the generator's weights, and reports the accuracies. The peers
 * cycle through prepared batches.
 */
interface AlternatingStep extends Contender {
  /** Takes the next real batch and generates one. */
  void draw();

  /** Returns the discriminator's loss before its move. */
  double discriminatorMoves();

  /** Returns the generator's loss before its move. */
  double generatorMoves();

  @Override
  default void make(int count, StepClock clock) {
    for (int i = 0; i < count; i++) {
      clock.time(
          () -> {
            draw();
            double dLoss = discriminatorMoves();
            return new Losses(dLoss, generatorMoves());
          });
    }
  }

  @Override
  default Map<String, String> settings() {
    return new TreeMap<>(Map.of("rule", "alternating", "device", "cpu"));
  }
}
