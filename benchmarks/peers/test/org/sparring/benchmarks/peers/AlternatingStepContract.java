package org.sparring.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparring.benchmarks.timing.Contender.Parameters;
import org.sparring.benchmarks.timing.Contender.Weights;
import org.sparring.benchmarks.timing.StepClock;
import org.sparring.benchmarks.timing.Work;

/** What each peer's step must be for a comparison to mean anything. */
abstract class AlternatingStepContract {
  /** Three channels, and sides that are halved twice. */
  private static final Work TINY = new Work(16, 3, 8, 10, 8);

  private AlternatingStep step;

  abstract AlternatingStep step(Work work);

  @BeforeEach
  void make() {
    step = step(TINY);
  }

  @AfterEach
  void close() {
    step.close();
  }

  @Test
  void thePairHasTheEnginesParameters() {
    Parameters expected =
        new Parameters(TINY.generatorParameters(), TINY.discriminatorParameters());
    assertEquals(expected, step.parameters());
  }

  @Test
  void theDiscriminatorsMoveLeavesTheGenerator() {
    step.draw();
    Weights before = step.weights();
    step.discriminatorMoves();
    assertEquals(before.generator(), step.weights().generator());
    assertNotEquals(before.discriminator(), step.weights().discriminator());
  }

  @Test
  void theGeneratorsMoveLeavesTheDiscriminator() {
    step.draw();
    step.discriminatorMoves();
    Weights before = step.weights();
    step.generatorMoves();
    assertNotEquals(before.generator(), step.weights().generator());
    assertEquals(before.discriminator(), step.weights().discriminator());
  }

  @Test
  void aDiscriminatorAloneLearnsToTellApart() {
    assertFalls(step::discriminatorMoves);
  }

  @Test
  void aGeneratorAloneLearnsToBeTakenForReal() {
    // of what a discriminator knows that has seen a few batches
    for (int i = 0; i < 5; i++) {
      step.draw();
      step.discriminatorMoves();
    }
    assertFalls(step::generatorMoves);
  }

  private void assertFalls(DoubleSupplier move) {
    double[] losses = new double[20];
    for (int i = 0; i < losses.length; i++) {
      step.draw();
      losses[i] = move.getAsDouble();
    }
    double first = mean(losses, 0);
    double last = mean(losses, losses.length - 5);
    assertTrue(last < 0.95 * first, () -> "from " + first + " to " + last);
  }

  private static double mean(double[] losses, int from) {
    double sum = 0;
    for (int i = from; i < from + 5; i++) {
      sum += losses[i];
    }
    return sum / 5;
  }

  @Test
  void itIsTimed() {
    StepClock clock = new StepClock();
    step.make(2, clock);
    assertEquals(2, clock.milliseconds().length);
    assertTrue(clock.finite());
  }
}
