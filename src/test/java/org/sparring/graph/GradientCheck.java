package org.sparring.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Holds gradients against central differences of fourth order, (8(f(h) − f(−h)) − (f(2h) − f(−2h)))
 * / 12h.
 *
 * <p>The scalar is Σ wᵢ yᵢ with fixed random weights, summed in double from the float32 outputs, so
 * a difference is wrong by about 1e-7·|y|/h from rounding and h⁴·f⁽⁵⁾/30 from truncation: both near
 * 1e-5 at h = .02. The tolerance is 1e-3 of the largest gradient; a wrong factor, sign or index is
 * off by its whole size.
 */
public final class GradientCheck {
  private static final double TOLERANCE = 1e-3;
  private static final double STEP = 0.02;

  private final ScratchGraph graph;
  private final Operand<TFloat32> output;
  private final float[] weights;

  private GradientCheck(ScratchGraph graph, Operand<TFloat32> output, long seed) {
    this.graph = graph;
    this.output = output;
    weights = noise(Math.toIntExact(output.shape().size()), seed);
  }

  /** Checks d Σ w·output / d each value of each input. */
  public static void check(
      ScratchGraph graph, Operand<TFloat32> output, List<Placeholder<TFloat32>> inputs) {
    new GradientCheck(graph, output, 17).check(inputs);
  }

  /** Standard normal values, the same for the same seed. */
  public static float[] noise(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private void check(List<Placeholder<TFloat32>> inputs) {
    Ops tf = graph.tf();
    Operand<TFloat32> w = tf.reshape(tf.constant(weights), tf.constant(output.shape().asArray()));
    Operand<TFloat32> all = tf.reshape(tf.math.mul(output, w), tf.constant(new int[] {-1}));
    Operand<TFloat32> scalar = tf.sum(all, tf.constant(0));
    List<float[]> found = graph.floats(Gradients.of(tf, scalar, inputs));
    for (int i = 0; i < inputs.size(); i++) {
      check(graph.values(inputs.get(i)), found.get(i), "input " + i);
    }
  }

  private void check(float[] values, float[] found, String name) {
    assertEquals(values.length, found.length, name);
    double[] expected = new double[values.length];
    double largest = 0;
    for (int i = 0; i < values.length; i++) {
      expected[i] = difference(values, i);
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    assertTrue(largest > 1e-3, name + " has no effect: there is nothing to check");
    for (int i = 0; i < values.length; i++) {
      assertEquals(expected[i], found[i], TOLERANCE * largest, name + ", value " + i);
    }
  }

  private double difference(float[] values, int i) {
    double near = at(values, i, STEP) - at(values, i, -STEP);
    double far = at(values, i, 2 * STEP) - at(values, i, -2 * STEP);
    return (8 * near - far) / (12 * STEP);
  }

  private double at(float[] values, int i, double step) {
    float before = values[i];
    values[i] = (float) (before + step);
    float[] y = graph.floats(output);
    values[i] = before;
    double sum = 0;
    for (int k = 0; k < y.length; k++) {
      sum += (double) weights[k] * y[k];
    }
    return sum;
  }
}
