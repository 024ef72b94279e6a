package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.sparring.errors.TrainingException;
import org.sparring.games.Alternating;
import org.sparring.games.Simultaneous;
import org.sparring.graph.Owner;
import org.sparring.losses.AdversarialLoss;
import org.sparring.losses.NonSaturating;
import org.sparring.optimizers.Adam;
import org.sparring.optimizers.LearningRate;
import org.sparring.tasks.Contests;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.Meters;
import org.sparring.training.TrainingListener.Ending;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class TrainingLoopTest {
  private final List<String> heard = new ArrayList<>();

  @Test
  void listenersAreCalledInTheirOrder() {
    try (TinyRun run = new TinyRun(new Simultaneous(), 1).begin()) {
      assertEquals(Ending.COMPLETED, run.train(2, new Teller("a"), new Teller("b")));
    }
    assertEquals(
        List.of(
            "a started 0",
            "b started 0",
            "a step 1",
            "b step 1",
            "a step 2",
            "b step 2",
            "a COMPLETED at 2",
            "b COMPLETED at 2"),
        heard);
  }

  @Test
  void aRunGoesOnFromTheStepsDoneAndEndsAtTheStepsAskedFor() {
    try (TinyRun run = new TinyRun(new Simultaneous(), 1).begin()) {
      run.train(2);
      run.train(3, new Teller("a"));
      run.train(3, new Teller("b"));
    }
    assertEquals(
        List.of("a started 2", "a step 3", "a COMPLETED at 3", "b started 3", "b COMPLETED at 3"),
        heard);
  }

  @Test
  void itStopsAfterTheStepInWhichItIsAsked() {
    try (TinyRun run = new TinyRun(new Simultaneous(), 1).begin()) {
      int[] asked = {0};
      Supplier<Optional<Ending>> second =
          () -> ++asked[0] == 2 ? Optional.of(Ending.INTERRUPTED) : Optional.empty();
      TrainingLoop loop = new TrainingLoop(run.graph(), run.session(), 4, List.of(new Teller("a")));
      assertEquals(Ending.INTERRUPTED, loop.run(100, second));
    }
    assertEquals(List.of("a started 0", "a step 1", "a step 2", "a INTERRUPTED at 2"), heard);
  }

  @Test
  void theDeviceStopsWhereAListenerLooks() {
    List<Long> rests = new ArrayList<>();
    try (TinyRun run = new TinyRun(new Simultaneous(), 1).begin()) {
      run.train(13, StepsPerCall.of(4), looking(5, rests), looking(6, rests), new Reports("a"));
    }
    // runs of at most 4 steps that end at the multiples of 5 and 6 and at the last step
    assertEquals(List.of(4L, 5L, 6L, 10L, 12L, 13L), rests.stream().distinct().toList());
    List<String> expected = new ArrayList<>(List.of("a started 0"));
    for (int step = 1; step <= 13; step++) {
      expected.add("a step " + step);
    }
    expected.add("a COMPLETED at 13");
    assertEquals(expected, heard);
  }

  @Test
  void aListenerThatDoesNotSayWhereItLooksStopsEveryStep() {
    List<Long> rests = new ArrayList<>();
    try (TinyRun run = new TinyRun(new Simultaneous(), 1).begin()) {
      run.train(3, StepsPerCall.of(3), looking(0, rests), new Teller("a"));
    }
    assertEquals(List.of(1L, 2L, 3L), rests);
  }

  @Test
  void itIsAskedToStopWhenTheDeviceStops() {
    try (TinyRun run = new TinyRun(new Simultaneous(), 1).begin()) {
      TrainingLoop loop =
          new TrainingLoop(
              run.graph(), run.session(), 4, StepsPerCall.of(3), List.of(new Reports("a")));
      assertEquals(Ending.INTERRUPTED, loop.run(100, () -> Optional.of(Ending.INTERRUPTED)));
    }
    assertEquals(
        List.of("a started 0", "a step 1", "a step 2", "a step 3", "a INTERRUPTED at 3"), heard);
  }

  @Test
  void aListenerEndsTheRun() {
    TrainingListener second =
        new TrainingListener() {
          private long last;

          @Override
          public void stepped(StepReport report) {
            last = report.step();
          }

          @Override
          public Optional<Ending> ending() {
            return last == 2 ? Optional.of(Ending.STOPPED_EARLY) : Optional.empty();
          }
        };
    try (TinyRun run = new TinyRun(new Simultaneous(), 1).begin()) {
      assertEquals(Ending.STOPPED_EARLY, run.train(9, second, new Teller("a")));
    }
    assertEquals(List.of("a started 0", "a step 1", "a step 2", "a STOPPED_EARLY at 2"), heard);
  }

  @Test
  void aListenerThatWantsToStopBehindIsNamed() {
    TrainingListener backward =
        new TrainingListener() {
          @Override
          public long nextStop(StepReport last) {
            return last.step();
          }
        };
    try (TinyRun run = new TinyRun(new Simultaneous(), 1).begin()) {
      var e = assertThrows(TrainingException.class, () -> run.train(3, backward));
      assertTrue(e.getMessage().contains("a step after 0, found 0"), e.getMessage());
    }
  }

  @Test
  void aDivergenceAmongStepsMadeAtOnceNamesItsStep() {
    try (TinyRun run = new TinyRun(diverging(), 1).begin()) {
      var e =
          assertThrows(
              DivergenceException.class, () -> run.train(9, StepsPerCall.of(9), new Reports("a")));
      assertEquals(2, e.step());
      assertEquals("d_loss", e.term());
    }
    assertEquals(List.of("a started 0", "a step 1", "a DIVERGED at 2"), heard);
  }

  /** Looks at the multiples of {@code every} and tells where the device is at rest. */
  private static TrainingListener looking(long every, List<Long> rests) {
    return new TrainingListener() {
      @Override
      public long nextStop(StepReport last) {
        return TrainingListener.nextMultiple(last.step(), every);
      }

      @Override
      public void stepped(StepReport report) {
        if (report.atRest()) {
          rests.add(report.step());
        }
      }
    };
  }

  @Test
  void theReportHoldsFiniteLossesAndProbabilities() {
    List<Double> kimg = new ArrayList<>();
    TrainingListener checks =
        new TrainingListener() {
          @Override
          public void stepped(StepReport report) {
            assertTrue(report.discriminatorLoss() > 0 && report.generatorLoss() > 0);
            assertTrue(report.meter(Meters.REAL_SCORE) > 0 && report.meter(Meters.REAL_SCORE) < 1);
            assertTrue(report.meter(Meters.FAKE_SCORE) > 0 && report.meter(Meters.FAKE_SCORE) < 1);
            assertTrue(report.nanos() > 0);
            kimg.add(report.kimg());
          }
        };
    try (TinyRun run = new TinyRun(new Alternating(3), 1).begin()) {
      run.train(2, checks);
    }
    // three draws of four images a step
    assertEquals(List.of(0.012, 0.024), kimg);
  }

  @Test
  void aRateThatIsFarTooHighEndsInADivergenceOfTheDiscriminator() {
    DivergenceException e = diverge(diverging());
    assertEquals(Owner.DISCRIMINATOR, e.player());
    assertEquals("d_loss", e.term());
    assertEquals(2, e.step());
    assertEquals(List.of("a started 0", "a step 1", "a DIVERGED at 2"), heard);
  }

  private static GameSetup diverging() {
    Adam wild = new Adam(LearningRate.constant(1e30f), 0.5f, 0.999f, 1e-8f);
    return Contests.with(Contests.mlp(new Simultaneous()), wild);
  }

  @Test
  void aGeneratorsLossThatIsNoNumberNamesTheGenerator() {
    GameSetup contest =
        Contests.with(
            TinyRun.contest(TinyRun.NETS, new Alternating(1)), new BrokenForTheGenerator());
    DivergenceException e = diverge(contest);
    assertEquals(
        "diverged: generator's g_loss is NaN at step 1",
        e.getMessage().lines().findFirst().orElseThrow());
    assertTrue(e.getMessage().contains("lower optimizer.learning_rate"), e.getMessage());
    assertEquals(Owner.GENERATOR, e.player());
    assertEquals(List.of("a started 0", "a DIVERGED at 1"), heard);
  }

  @Test
  void listenersThatFailEndTheRunAsDivergedNeverAsCompleted() {
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void stepped(StepReport report) {
            throw new IllegalStateException("disk full");
          }
        };
    try (TinyRun run = new TinyRun(new Simultaneous(), 1).begin()) {
      assertThrows(IllegalStateException.class, () -> run.train(2, failing, new Teller("a")));
    }
    assertFalse(heard.contains("a COMPLETED at 1"), heard.toString());
  }

  private DivergenceException diverge(GameSetup contest) {
    try (TinyRun run = new TinyRun(contest, 1).begin()) {
      return assertThrows(DivergenceException.class, () -> run.train(9, new Teller("a")));
    }
  }

  private static final class BrokenForTheGenerator implements AdversarialLoss {
    @Override
    public Operand<TFloat32> discriminator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
      return new NonSaturating().discriminator(tf, real, fake);
    }

    @Override
    public Operand<TFloat32> generator(Ops tf, Operand<TFloat32> real, Operand<TFloat32> fake) {
      Operand<TFloat32> loss = new NonSaturating().generator(tf, real, fake);
      return tf.math.mul(loss, tf.constant(Float.NaN));
    }
  }

  /** Needs no stop. */
  private final class Reports extends Teller {
    Reports(String name) {
      super(name);
    }

    @Override
    public long nextStop(StepReport last) {
      return NEVER;
    }
  }

  private class Teller implements TrainingListener {
    private final String name;

    Teller(String name) {
      this.name = name;
    }

    @Override
    public void started(long done) {
      heard.add(name + " started " + done);
    }

    @Override
    public void stepped(StepReport report) {
      heard.add(name + " step " + report.step());
    }

    @Override
    public void ended(StepReport report, Ending ending) {
      heard.add(name + " " + ending + " at " + report.step());
    }
  }
}
