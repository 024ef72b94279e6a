package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sparring.games.Alternating;
import org.sparring.natives.TensorFloat32;
import org.sparring.natives.TestDevice;
import org.sparring.tasks.GameSetup;

/** Sixteen steps in one call against as many calls, on the GPU. */
@Tag("gpu")
class GpuDeviceLoopTest {
  private static final int STEPS = 32;

  @AfterEach
  void leaveTheSwitchAsTensorFlowHasIt() {
    TensorFloat32.allow(true);
  }

  /** Close, where the CPU is the same to the last bit: a GPU may sum in another order each time. */
  @Test
  void stepsMadeAtOnceAreCloseToSingleOnes() {
    TensorFloat32.allow(false);
    Losses singly = losses(1);
    Losses atOnce = losses(16);
    assertEquals(STEPS, singly.discriminator.size());
    assertEquals(STEPS, atOnce.discriminator.size());
    for (int i = 0; i < STEPS; i++) {
      String step = "step " + (i + 1);
      assertEquals(singly.discriminator.get(i), atOnce.discriminator.get(i), 0.01, step);
      assertEquals(singly.generator.get(i), atOnce.generator.get(i), 0.01, step);
    }
  }

  private static Losses losses(int stepsPerRun) {
    GameSetup contest = TinyRun.contest(TinyRun.NETS, new Alternating(1));
    Losses losses = new Losses();
    try (TinyRun run = new TinyRun(contest, 1, Optional.empty(), TestDevice.session()).begin()) {
      run.train(STEPS, StepsPerCall.of(stepsPerRun), losses);
    }
    return losses;
  }

  /** Stops nothing and keeps what the players lost. */
  private static final class Losses implements TrainingListener {
    private final List<Double> discriminator = new ArrayList<>();
    private final List<Double> generator = new ArrayList<>();

    @Override
    public long nextStop(StepReport last) {
      return NEVER;
    }

    @Override
    public void stepped(StepReport report) {
      discriminator.add(report.discriminatorLoss());
      generator.add(report.generatorLoss());
    }
  }
}
