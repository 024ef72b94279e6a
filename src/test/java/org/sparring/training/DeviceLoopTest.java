package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.nets.Labelling;
import org.sparring.optimizers.Alternating;
import org.sparring.optimizers.ExtraGradient;
import org.sparring.optimizers.Lookahead;
import org.sparring.regularizers.Lazy;
import org.sparring.regularizers.R1;

/** Several steps in one call against as many calls. */
class DeviceLoopTest {
  private static final int STEPS = 7;

  static Stream<Arguments> contests() {
    Contest plain = TinyRun.contest(TinyRun.NETS, new Alternating(1));
    Contest mlp = Contests.mlp(new Alternating(1));
    return Stream.of(
        Arguments.of("alternating", plain),
        Arguments.of("three discriminator steps", Contests.with(plain, new Alternating(3))),
        Arguments.of("extra-gradient", Contests.with(plain, new ExtraGradient(false))),
        Arguments.of("lookahead", Contests.with(plain, new Lookahead(new Alternating(1), 2, 0.5f))),
        Arguments.of(
            "lazy penalty",
            Contests.with(
                mlp, new Regularization(Optional.of(new Lazy(new R1(3), 4)), 4, Optional.empty()))),
        Arguments.of(
            "labels",
            TinyRun.contest(Contests.conditional(Labelling.Kind.PROJECTION), new Alternating(1))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("contests")
  void stepsInOneCallAreTheVerySteps(String name, Contest contest) {
    try (TinyRun single = new TinyRun(contest, 1).begin();
        TinyRun looped = new TinyRun(contest, 1).begin()) {
      List<float[]> meters = new ArrayList<>();
      for (int i = 1; i <= STEPS; i++) {
        single.train(i, listener(meters));
      }
      DeviceLoop loop = new DeviceLoop(looped.graph().graph(), looped.graph().steps());
      float[] all = new float[STEPS * StepMeters.COUNT];
      loop.run(looped.session(), 0, STEPS, all);
      for (int i = 0; i < STEPS; i++) {
        float[] row = new float[StepMeters.COUNT];
        System.arraycopy(all, i * row.length, row, 0, row.length);
        assertArrayEquals(meters.get(i), row, name + ", step " + (i + 1));
      }
      assertEquals(single.fingerprint(), looped.fingerprint(), name);
    }
  }

  private static TrainingListener listener(List<float[]> meters) {
    return new TrainingListener() {
      @Override
      public void stepped(StepReport report) {
        meters.add(report.meters().clone());
      }
    };
  }
}
