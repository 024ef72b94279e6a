package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.TrainingException;
import org.sparring.games.Alternating;
import org.sparring.natives.SessionOptions;
import org.sparring.regularizers.Lazy;
import org.sparring.regularizers.Penalty;
import org.sparring.regularizers.R1;
import org.sparring.tasks.Contests;
import org.sparring.tasks.GameSetup;
import org.sparring.tasks.Meters;
import org.sparring.tasks.Regularization;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** A penalty that is paid in the first of every four steps, and four times as large. */
class LazyPenaltyTest {
  private static final float GAMMA = 3;
  private static final GameSetup PLAIN = Contests.mlp(new Alternating(1));
  private static final GameSetup LAZY = Contests.with(PLAIN, paid(new Lazy(new R1(GAMMA), 4), 4));

  /** The same term in every step. */
  private static final GameSetup ALWAYS = Contests.with(PLAIN, paid(new Lazy(new R1(GAMMA), 4), 1));

  private static final GameSetup SINGLE = Contests.with(PLAIN, paid(new R1(GAMMA), 1));

  @TempDir private Path folder;

  @Test
  void theFirstOfEveryFourStepsPays() {
    List<Long> paying = new ArrayList<>();
    try (TinyRun run = new TinyRun(LAZY, 1).begin()) {
      run.train(10, listener(r -> record(r, paying)));
    }
    assertEquals(List.of(1L, 5L, 9L), paying);
  }

  private static void record(StepReport report, List<Long> paying) {
    if (report.meter(Meters.PENALTY) > 0) {
      paying.add(report.step());
    }
  }

  @Test
  void aDuePenaltyIsFourTimesASingleOneAndPartOfTheLoss() {
    double[] lazy = firstStep(LAZY);
    double[] single = firstStep(SINGLE);
    double[] plain = firstStep(PLAIN);
    assertEquals(0, plain[1]);
    assertEquals(4 * single[1], lazy[1], 1e-5 * lazy[1]);
    assertEquals(plain[0] + lazy[1], lazy[0], 1e-5 * lazy[0]);
  }

  /**
   * Ten steps by hand: the state of a run that always pays and that of a run that never does are
   * swapped by checkpoints, step by step.
   */
  @Test
  void theWeightsAreThoseOfPayingAndPlainStepsInTurns() throws IOException {
    try (TinyRun always = new TinyRun(ALWAYS, 1).begin();
        TinyRun never = new TinyRun(PLAIN, 1).begin();
        TinyRun lazy = new TinyRun(LAZY, 1).begin()) {
      TinyRun last = always;
      for (int step = 1; step <= 10; step++) {
        TinyRun due = step % 4 == 1 ? always : never;
        if (due != last) {
          due.resume(saved(last, "step-" + step));
        }
        due.train(step);
        lazy.train(step);
        assertEquals(due.fingerprint(), lazy.fingerprint(), "step " + step);
        last = due;
      }
      assertArrayEquals(bytes(saved(last, "hand")), bytes(saved(lazy, "lazy")));
    }
  }

  @Test
  void bothFormsOfAStepReadTheSameSamplesAndNoise() {
    // from one state the losses of the generator differ only by the discriminator's move
    try (TinyRun run = new TinyRun(LAZY, 1)) {
      Steps steps = run.graph().steps();
      assertFalse(steps.plain() == steps.at(1));
      float[] paying = meters(run, steps.at(1));
      float[] plain = meters(run, steps.plain());
      assertEquals(paying[2], plain[2]);
      assertEquals(paying[3], plain[3]);
      assertEquals(0, plain[7]);
    }
  }

  @Test
  void aPenaltyOfEveryStepHasOneForm() {
    try (TinyRun run = new TinyRun(SINGLE, 1)) {
      assertTrue(run.graph().steps().phase(1).forms().size() == 1);
      assertTrue(run.graph().steps().at(7) == run.graph().steps().at(1));
    }
    assertEquals(
        "a penalty must be due every 1 step or more, found 0",
        assertThrows(TrainingException.class, () -> paid(new R1(1), 0)).getMessage());
  }

  private static Regularization paid(Penalty penalty, int every) {
    return new Regularization(Optional.of(penalty), every, Optional.empty());
  }

  private static double[] firstStep(GameSetup contest) {
    double[] found = new double[2];
    try (TinyRun run = new TinyRun(contest, 1).begin()) {
      run.train(
          1,
          listener(
              report -> {
                found[0] = report.discriminatorLoss();
                found[1] = report.meter(Meters.PENALTY);
              }));
    }
    return found;
  }

  private static float[] meters(TinyRun run, Step step) {
    try (Session session = new Session(run.graph().graph(), SessionOptions.CPU.config())) {
      session.run(run.graph().initialization());
      run.graph().samples().load(session);
      try (Result result = session.runner().addTarget(step.done()).fetch(step.meters()).run()) {
        float[] meters = new float[step.names().size()];
        ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(meters);
        return meters;
      }
    }
  }

  private static TrainingListener listener(Consumer<StepReport> stepped) {
    return new TrainingListener() {
      @Override
      public void stepped(StepReport report) {
        stepped.accept(report);
      }
    };
  }

  private Path saved(TinyRun run, String name) {
    Path prefix = folder.resolve(name);
    run.session().save(prefix.toString());
    return prefix;
  }

  private static byte[] bytes(Path prefix) throws IOException {
    return Files.readAllBytes(Path.of(prefix + ".data-00000-of-00001"));
  }
}
