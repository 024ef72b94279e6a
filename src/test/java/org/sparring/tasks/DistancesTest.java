package org.sparring.tasks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.ScratchGraph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Against loops over pairs, in double. */
public class DistancesTest {
  @Test
  void aTriangleOfThreeFourFive() {
    float[] corners = {0, 0, 3, 0, 0, 4};
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      Operand<TFloat32> triangle = batch(tf, corners, 2);
      assertEquals((3 + 4 + 5) / 3.0, one(graph, Distances.meanPairwise(tf, triangle)), 1e-6);
      assertEquals((3 + 3 + 4) / 3.0, one(graph, Distances.meanNearestOther(tf, triangle)), 1e-6);
      // from (3, 4): 5, 4, 3; the origin's nearest of the two below is (0, 1)
      Operand<TFloat32> others = batch(tf, new float[] {3, 4, 0, 1}, 2);
      assertEquals(
          (1 + Math.sqrt(10) + 3) / 3,
          one(graph, Distances.meanNearest(tf, triangle, others)),
          1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 2, 2", "5, 3, 7", "64, 64, 768", "3, 1, 1"})
  void areThoseOfALoopOverPairs(int n, int m, int dimensions) {
    float[] a = GradientCheck.noise(n * dimensions, 1);
    float[] b = GradientCheck.noise(m * dimensions, 2);
    double tolerance = 1e-5 * Math.sqrt(dimensions);
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      Operand<TFloat32> as = batch(tf, a, dimensions);
      Operand<TFloat32> bs = batch(tf, b, dimensions);
      float[] between = graph.floats(Distances.between(tf, as, bs));
      double pairs = 0;
      double nearest = 0;
      double nearestOther = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < m; j++) {
          assertEquals(distance(a, i, b, j, dimensions), between[i * m + j], tolerance);
        }
        int self = i;
        pairs += sum(a, i, n, dimensions);
        nearest += nearest(a, i, b, dimensions, j -> true);
        nearestOther += nearest(a, i, a, dimensions, j -> j != self);
      }
      assertEquals(pairs / (n * (n - 1.0)), one(graph, Distances.meanPairwise(tf, as)), tolerance);
      assertEquals(nearest / n, one(graph, Distances.meanNearest(tf, as, bs)), tolerance);
      assertEquals(nearestOther / n, one(graph, Distances.meanNearestOther(tf, as)), tolerance);
    }
  }

  @Test
  void equalSamplesLieAtZeroAndNotBelow() {
    float[] same = new float[6 * 50];
    java.util.Arrays.fill(same, 0.3f);
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      // ‖a‖² + ‖b‖² − 2⟨a, b⟩ leaves rounding of ‖a‖² = 4.5 under the root
      assertEquals(0, one(graph, Distances.meanPairwise(tf, batch(tf, same, 50))), 2e-3);
    }
  }

  private static double sum(float[] a, int i, int n, int dimensions) {
    double sum = 0;
    for (int j = 0; j < n; j++) {
      sum += distance(a, i, a, j, dimensions);
    }
    return sum;
  }

  private static double nearest(float[] a, int i, float[] b, int dimensions, IntPredicate counts) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < b.length / dimensions; j++) {
      if (counts.test(j)) {
        nearest = Math.min(nearest, distance(a, i, b, j, dimensions));
      }
    }
    return nearest;
  }

  public static double distance(float[] a, int i, float[] b, int j, int dimensions) {
    double square = 0;
    for (int k = 0; k < dimensions; k++) {
      double difference = (double) a[i * dimensions + k] - b[j * dimensions + k];
      square += difference * difference;
    }
    return Math.sqrt(square);
  }

  private static Operand<TFloat32> batch(Ops tf, float[] values, int dimensions) {
    return tf.constant(Shape.of(values.length / dimensions, dimensions), DataBuffers.of(values));
  }

  private static float one(ScratchGraph graph, Operand<TFloat32> scalar) {
    return graph.floats(scalar)[0];
  }
}
