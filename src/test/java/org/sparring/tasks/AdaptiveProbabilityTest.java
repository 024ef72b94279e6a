package org.sparring.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.augmentations.Augmentations;
import org.sparring.augmentations.Cutout;
import org.sparring.errors.TrainingException;
import org.sparring.games.Alternating;
import org.sparring.graph.ScratchGraph;
import org.sparring.training.StepReport;
import org.sparring.training.TinyRun;
import org.sparring.training.TrainingListener;
import org.tensorflow.ndarray.Shape;

class AdaptiveProbabilityTest {
  @ParameterizedTest
  @CsvSource({
    // r of (1, 1, 1, −1) is .5, of four positive logits 1, of none −1; a step is 64/(1000·6.4) =
    // .01
    "0.5, 2 1 3 -4, 0.49",
    "0.5, 2 1 3 4, 0.51",
    "0.5, -2 -1 -3 -4, 0.49",
    "0.995, 2 1 3 4, 1",
    "0.005, -2 1 3 -4, 0"
  })
  void aStepMovesTowardsTheTargetAndStaysBetweenZeroAndOne(
      float before, String logits, float after) {
    var controller = new AdaptiveProbability(0.6f, 6.4);
    try (ScratchGraph graph = new ScratchGraph()) {
      String[] words = logits.split(" ");
      float[] values = new float[words.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.parseFloat(words[i]);
      }
      var p = graph.input(Shape.scalar(), before);
      var real = graph.input(Shape.of(4, 1), values);
      var r = Meters.sign(graph.tf(), real);
      assertEquals(after, graph.floats(controller.next(graph.tf(), p, r, 64))[0], 1e-6, logits);
    }
  }

  @Test
  void aRunsProbabilityIsTheRecursionOfWhatItsDiscriminatorSaid() {
    // 8 images a step, 1000·kimg = 40: steps of .2
    Augment augment =
        new Augment(Augmentations.ALL, 0, Optional.of(new AdaptiveProbability(0.5f, 0.04)));
    GameSetup contest = AugmentedContests.of(new Alternating(2), augment);
    List<Double> found = new ArrayList<>();
    List<Double> expected = new ArrayList<>();
    try (TinyRun run = new TinyRun(contest, 3).begin()) {
      run.train(
          30,
          new TrainingListener() {
            @Override
            public void stepped(StepReport report) {
              double before = expected.isEmpty() ? 0 : expected.get(expected.size() - 1);
              double r = 2 * report.meter(Meters.REAL_ACCURACY) - 1;
              double moved = before + Math.signum(r - 0.5) * 0.2;
              expected.add(Math.max(0, Math.min(1, moved)));
              found.add(
                  run.graph().probe().orElseThrow().read(run.session()).get("augment_probability"));
            }
          });
    }
    for (int i = 0; i < 30; i++) {
      assertEquals(expected.get(i), found.get(i), 1e-5, "step " + (i + 1));
    }
    assertTrue(found.stream().distinct().count() > 2, found.toString());
  }

  @Test
  void aProbabilityThatStaysIsNoMeterAndNoState() {
    Augmentations cutout = new Augmentations(List.of(new Cutout()));
    Augment augment = new Augment(cutout, 0.5f, Optional.empty());
    try (TinyRun run = new TinyRun(AugmentedContests.of(new Alternating(1), augment), 1)) {
      var names = run.graph().probe().orElseThrow().names();
      assertTrue(!names.contains("augment_probability"), names.toString());
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    refused("the target of r must lie between 0 and 1, found 0.0", 0, 500);
    refused("the target of r must lie between 0 and 1, found 1.0", 1, 500);
    refused("kimg must be a positive number, found 0.0", 0.6f, 0);
    var none = Augmentations.NONE;
    var controller = Optional.of(new AdaptiveProbability(0.6f, 500));
    var e = assertThrows(TrainingException.class, () -> new Augment(none, 0, controller));
    assertEquals("an adaptive probability needs augmentations, found none", e.getMessage());
    e = assertThrows(TrainingException.class, () -> new Augment(none, 2, Optional.empty()));
    assertEquals("the probability of augmentation must lie in [0, 1], found 2.0", e.getMessage());
  }

  private static void refused(String message, float target, double kimg) {
    var e = assertThrows(TrainingException.class, () -> new AdaptiveProbability(target, kimg));
    assertEquals(message, e.getMessage());
  }
}
