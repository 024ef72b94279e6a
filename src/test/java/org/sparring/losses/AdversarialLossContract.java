package org.sparring.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Gradients;
import org.sparring.graph.ScratchGraph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** What every adversarial loss promises; each loss's test inherits it. */
abstract class AdversarialLossContract {
  /** ln 3: D = σ(ln 3) = 3/4. */
  static final float LOG_3 = (float) Math.log(3);

  private final ScratchGraph graph = new ScratchGraph();

  abstract AdversarialLoss loss();

  /** Whether both losses stay as they are when all logits move together. */
  boolean isInvariantToACommonShift() {
    return false;
  }

  /** Whether a batch's loss is the mean of its samples', or of its pairs'. */
  boolean isAMeanOverTheBatch() {
    return true;
  }

  /** A logit at which the loss still pulls: some let go beyond a margin, some turn round. */
  float withinReach(float logit) {
    return logit;
  }

  @AfterEach
  void close() {
    graph.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void bothLossesAreScalars(int batch) {
    Logits logits = random(batch);
    assertEquals(Shape.scalar(), logits.discriminatorLoss().shape());
    assertEquals(Shape.scalar(), logits.generatorLoss().shape());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7})
  void gradientsAreCentralDifferences(int batch) {
    Logits logits = randomWithinReach(batch);
    GradientCheck.check(graph, logits.discriminatorLoss(), List.of(logits.real, logits.fake));
    GradientCheck.check(graph, logits.generatorLoss(), logits.ofGenerator());
  }

  @Test
  void valuesAndGradientsAreFiniteWhereTheSigmoidIsFull() {
    for (float sign : new float[] {-100, 100}) {
      Logits logits = logits(new float[] {sign, -sign}, new float[] {sign, 0});
      for (Operand<TFloat32> operand : logits.lossesAndGradients()) {
        for (float value : graph.floats(operand)) {
          assertTrue(Float.isFinite(value), sign + ": " + value);
        }
      }
    }
  }

  @Test
  void theDiscriminatorPullsRealLogitsUpAndFakeOnesDown() {
    Logits logits = randomWithinReach(7);
    assertSigns(-1, logits.gradient(logits.discriminatorLoss(), logits.real));
    assertSigns(1, logits.gradient(logits.discriminatorLoss(), logits.fake));
  }

  @Test
  void theGeneratorPullsFakeLogitsUp() {
    Logits logits = randomWithinReach(7);
    assertSigns(-1, logits.gradient(logits.generatorLoss(), logits.fake));
  }

  @Test
  void theGeneratorsLossReadsTheRealLogitsOnlyWhereItSaysSo() {
    double[] losses = {generatorLoss(-1, 0.5f), generatorLoss(2, 0.5f)};
    assertEquals(loss().generatorNeedsReal(), losses[0] != losses[1]);
  }

  @Test
  void onlyARelativisticLossIsInvariantWhenAllLogitsMoveTogether() {
    float[] real = GradientCheck.noise(7, 3);
    float[] fake = GradientCheck.noise(7, 4);
    Logits before = logits(real, fake);
    Logits after = logits(shifted(real, 1.5f), shifted(fake, 1.5f));
    double moved =
        Math.abs(value(after.discriminatorLoss()) - value(before.discriminatorLoss()))
            + Math.abs(value(after.generatorLoss()) - value(before.generatorLoss()));
    if (isInvariantToACommonShift()) {
      assertEquals(0, moved, 1e-6);
    } else {
      assertTrue(moved > 0.1, "moved by only " + moved);
    }
  }

  @Test
  void theLossOfABatchIsTheMeanOfItsSamplesLossesWhereItPromisesThat() {
    float[] real = GradientCheck.noise(7, 3);
    float[] fake = GradientCheck.noise(7, 4);
    double discriminator = 0;
    double generator = 0;
    for (int i = 0; i < 7; i++) {
      discriminator += discriminatorLoss(real[i], fake[i]) / 7;
      generator += generatorLoss(real[i], fake[i]) / 7;
    }
    Logits all = logits(real, fake);
    if (isAMeanOverTheBatch()) {
      assertEquals(discriminator, value(all.discriminatorLoss()), 1e-6);
      assertEquals(generator, value(all.generatorLoss()), 1e-6);
    } else {
      assertTrue(Math.abs(discriminator - value(all.discriminatorLoss())) > 1e-2);
      assertTrue(Math.abs(generator - value(all.generatorLoss())) > 1e-2);
    }
  }

  double discriminatorLoss(float[] real, float[] fake) {
    return value(logits(real, fake).discriminatorLoss());
  }

  double generatorLoss(float[] real, float[] fake) {
    return value(logits(real, fake).generatorLoss());
  }

  /** d loss of the generator / d each fake logit. */
  float[] generatorGradient(float... fake) {
    Logits logits = logits(new float[fake.length], fake);
    return logits.gradient(logits.generatorLoss(), logits.fake);
  }

  double discriminatorLoss(float real, float fake) {
    return discriminatorLoss(new float[] {real}, new float[] {fake});
  }

  double generatorLoss(float real, float fake) {
    return generatorLoss(new float[] {real}, new float[] {fake});
  }

  private double value(Operand<TFloat32> scalar) {
    return graph.floats(scalar)[0];
  }

  private static void assertSigns(int sign, float[] gradients) {
    for (float gradient : gradients) {
      assertEquals(sign, Math.signum(gradient));
    }
  }

  private static float[] shifted(float[] logits, float by) {
    float[] shifted = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      shifted[i] = logits[i] + by;
    }
    return shifted;
  }

  private Logits randomWithinReach(int batch) {
    Logits logits = random(batch);
    for (float[] values : List.of(graph.values(logits.real), graph.values(logits.fake))) {
      for (int i = 0; i < values.length; i++) {
        values[i] = withinReach(values[i]);
      }
    }
    return logits;
  }

  private Logits random(int batch) {
    return logits(GradientCheck.noise(batch, 1), GradientCheck.noise(batch, 2));
  }

  private Logits logits(float[] real, float[] fake) {
    return new Logits(
        graph.input(Shape.of(real.length, 1), real), graph.input(Shape.of(fake.length, 1), fake));
  }

  private final class Logits {
    private final Placeholder<TFloat32> real;
    private final Placeholder<TFloat32> fake;

    Logits(Placeholder<TFloat32> real, Placeholder<TFloat32> fake) {
      this.real = real;
      this.fake = fake;
    }

    Operand<TFloat32> discriminatorLoss() {
      return loss().discriminator(graph.tf(), real, fake);
    }

    Operand<TFloat32> generatorLoss() {
      return loss().generator(graph.tf(), real, fake);
    }

    /** What the generator's loss is a function of. */
    List<Placeholder<TFloat32>> ofGenerator() {
      return loss().generatorNeedsReal() ? List.of(real, fake) : List.of(fake);
    }

    float[] gradient(Operand<TFloat32> loss, Placeholder<TFloat32> logits) {
      return graph.floats(Gradients.of(graph.tf(), loss, List.of(logits)).get(0));
    }

    List<Operand<TFloat32>> lossesAndGradients() {
      Operand<TFloat32> d = discriminatorLoss();
      Operand<TFloat32> g = generatorLoss();
      List<Operand<TFloat32>> all = new ArrayList<>(List.of(d, g));
      all.addAll(Gradients.of(graph.tf(), d, List.of(real, fake)));
      all.addAll(Gradients.of(graph.tf(), g, ofGenerator()));
      return all;
    }
  }
}
