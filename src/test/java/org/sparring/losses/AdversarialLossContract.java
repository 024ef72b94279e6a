package org.sparring.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    Logits logits = random(batch);
    GradientCheck.check(graph, logits.discriminatorLoss(), List.of(logits.real, logits.fake));
    GradientCheck.check(graph, logits.generatorLoss(), List.of(logits.fake));
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
    Logits logits = random(7);
    assertSigns(-1, logits.gradient(logits.discriminatorLoss(), logits.real));
    assertSigns(1, logits.gradient(logits.discriminatorLoss(), logits.fake));
  }

  @Test
  void theGeneratorPullsFakeLogitsUp() {
    Logits logits = random(7);
    assertSigns(-1, logits.gradient(logits.generatorLoss(), logits.fake));
  }

  @Test
  void theLossOfABatchIsTheMeanOfItsSamplesLosses() {
    float[] real = GradientCheck.noise(7, 3);
    float[] fake = GradientCheck.noise(7, 4);
    double discriminator = 0;
    double generator = 0;
    for (int i = 0; i < 7; i++) {
      Logits one = logits(new float[] {real[i]}, new float[] {fake[i]});
      discriminator += value(one.discriminatorLoss()) / 7;
      generator += value(one.generatorLoss()) / 7;
    }
    Logits all = logits(real, fake);
    assertEquals(discriminator, value(all.discriminatorLoss()), 1e-6);
    assertEquals(generator, value(all.generatorLoss()), 1e-6);
  }

  /** d loss of the generator / d each fake logit. */
  float[] generatorGradient(float... fake) {
    Logits logits = logits(new float[fake.length], fake);
    return logits.gradient(logits.generatorLoss(), logits.fake);
  }

  double discriminatorLoss(float real, float fake) {
    return value(logits(new float[] {real}, new float[] {fake}).discriminatorLoss());
  }

  double generatorLoss(float real, float fake) {
    return value(logits(new float[] {real}, new float[] {fake}).generatorLoss());
  }

  private double value(Operand<TFloat32> scalar) {
    return graph.floats(scalar)[0];
  }

  private static void assertSigns(int sign, float[] gradients) {
    for (float gradient : gradients) {
      assertEquals(sign, Math.signum(gradient));
    }
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

    float[] gradient(Operand<TFloat32> loss, Placeholder<TFloat32> logits) {
      return graph.floats(Gradients.of(graph.tf(), loss, List.of(logits)).get(0));
    }

    List<Operand<TFloat32>> lossesAndGradients() {
      Operand<TFloat32> d = discriminatorLoss();
      Operand<TFloat32> g = generatorLoss();
      var dGradients = Gradients.of(graph.tf(), d, List.of(real, fake));
      var gGradient = Gradients.of(graph.tf(), g, List.of(fake));
      return List.of(d, g, dGradients.get(0), dGradients.get(1), gGradient.get(0));
    }
  }
}
