package org.sparring.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Gradients;
import org.sparring.graph.ScratchGraph;
import org.tensorflow.Operand;
import org.tensorflow.framework.losses.BinaryCrossentropy;
import org.tensorflow.framework.losses.MeanSquaredError;
import org.tensorflow.framework.losses.SparseCategoricalCrossentropy;
import org.tensorflow.framework.losses.impl.AbstractLoss;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Losses and their gradients agree with the losses of TensorFlow's framework, which were written by
 * others and from other formulas.
 */
class FrameworkLossesTest {
  private static final int BATCH = 7;
  private static final boolean FROM_LOGITS = true;

  private final ScratchGraph graph = new ScratchGraph();
  private final Placeholder<TFloat32> real = logits(1);
  private final Placeholder<TFloat32> fake = logits(2);

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void crossEntropyOfTheNonSaturatingLoss() {
    var reference = new BinaryCrossentropy(FROM_LOGITS);
    assertDiscriminator(new NonSaturating(), of(reference, 1, real), of(reference, 0, fake));
    assertGenerator(new NonSaturating(), of(reference, 1, fake));
  }

  /** The framework smooths both labels, so its smoothed target is given as a label. */
  @Test
  void crossEntropyWithASmoothedTarget() {
    var reference = new BinaryCrossentropy(FROM_LOGITS);
    assertDiscriminator(
        new NonSaturating(false, 0.1f), of(reference, 0.9f, real), of(reference, 0, fake));
  }

  @Test
  void minimaxGeneratorIsMinusTheCrossEntropyOfTheFakeLabel() {
    assertGenerator(
        new Minimax(false, 0),
        graph.tf().math.neg(of(new BinaryCrossentropy(FROM_LOGITS), 0, fake)));
  }

  /** Mao et al. 2017 have ½ before each square. */
  @Test
  void squaresOfTheLeastSquaresLoss() {
    var reference = new MeanSquaredError();
    assertDiscriminator(
        new LeastSquares(), half(of(reference, 1, real)), half(of(reference, 0, fake)));
    assertGenerator(new LeastSquares(), half(of(reference, 1, fake)));
  }

  @Test
  void hingeOfBothLabels() {
    var reference = new org.tensorflow.framework.losses.Hinge();
    assertDiscriminator(new Hinge(), of(reference, 1, real), of(reference, -1, fake));
  }

  /** TensorFlow Java has no gradient for the op behind the framework's loss. */
  @Test
  void classificationIsTheSparseCrossEntropy() {
    var logits = graph.input(Shape.of(3, 4), GradientCheck.noise(12, 5));
    var labels = graph.tf().constant(new int[] {0, 3, 1});
    var reference =
        new SparseCategoricalCrossentropy(FROM_LOGITS)
            .call(graph.tf(), graph.tf().dtypes.cast(labels, TFloat32.class), logits);
    var found = Classification.of(graph.tf(), logits, labels);
    assertEquals(graph.floats(reference)[0], graph.floats(found)[0], 1e-6);
  }

  private void assertDiscriminator(
      AdversarialLoss loss, Operand<TFloat32> ofReal, Operand<TFloat32> ofFake) {
    var found = loss.discriminator(graph.tf(), real, fake);
    var expected = graph.tf().math.add(ofReal, ofFake);
    assertSame(expected, found, real);
    assertSame(expected, found, fake);
  }

  private void assertGenerator(AdversarialLoss loss, Operand<TFloat32> expected) {
    assertSame(expected, loss.generator(graph.tf(), real, fake), fake);
  }

  private void assertSame(
      Operand<TFloat32> expected, Operand<TFloat32> found, Placeholder<TFloat32> input) {
    assertEquals(graph.floats(expected)[0], graph.floats(found)[0], 1e-6);
    BiFunction<Operand<TFloat32>, Placeholder<TFloat32>, float[]> gradient =
        (loss, of) -> graph.floats(Gradients.of(graph.tf(), loss, List.of(of)).get(0));
    float[] wanted = gradient.apply(expected, input);
    float[] got = gradient.apply(found, input);
    for (int i = 0; i < wanted.length; i++) {
      assertEquals(wanted[i], got[i], 1e-6, "gradient " + i);
    }
  }

  private Operand<TFloat32> of(AbstractLoss reference, float label, Operand<TFloat32> logits) {
    var labels = graph.tf().fill(graph.tf().constant(new int[] {BATCH, 1}), constant(label));
    return reference.call(graph.tf(), labels, logits);
  }

  private Operand<TFloat32> half(Operand<TFloat32> loss) {
    return graph.tf().math.mul(constant(0.5f), loss);
  }

  private Operand<TFloat32> constant(float value) {
    return graph.tf().constant(value);
  }

  private Placeholder<TFloat32> logits(int seed) {
    return graph.input(Shape.of(BATCH, 1), GradientCheck.noise(BATCH, seed));
  }
}
