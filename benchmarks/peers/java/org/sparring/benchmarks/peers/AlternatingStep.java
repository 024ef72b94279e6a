package org.sparring.benchmarks.peers;

import java.util.Map;
import java.util.TreeMap;
import org.sparring.benchmarks.timing.Contender;
import org.sparring.benchmarks.timing.StepClock;
import org.sparring.benchmarks.timing.StepClock.Losses;

/**
 * The alternating step: the discriminator moves on a real and a generated batch, each normalised by
 * itself, then the generator against it as it now is. As in Sparring the generated batch of the
 * first part serves in the second.
 *
 * <p>Sparring does more in a step, and that is timed too: it gathers its batch in random order from
 * the bytes of a data set, averages the generator's weights, and tells the accuracies. The peers
 * take prepared batches in turn.
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
