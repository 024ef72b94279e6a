package org.sparring.nets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparring.errors.NetException;
import org.sparring.graph.ScratchGraph;
import org.sparring.nets.Latent.Distribution;
import org.tensorflow.op.Ops;

class LatentTest {
  @Test
  void theNormalHasMomentsZeroAndOne() {
    // n = 100 000: the mean is off by .003, the variance by .0045, the kurtosis by .015
    Moments moments = Moments.of(sample(Distribution.NORMAL, 100, 1000, 1));
    assertEquals(0, moments.mean, 0.015);
    assertEquals(1, moments.variance, 0.02);
    assertEquals(3, moments.kurtosis, 0.08);
  }

  @Test
  void theUniformHasVarianceOneThirdAndStaysBetweenMinusOneAndOne() {
    float[] values = sample(Distribution.UNIFORM, 100, 1000, 1);
    Moments moments = Moments.of(values);
    assertEquals(0, moments.mean, 0.01);
    assertEquals(1 / 3.0, moments.variance, 0.005);
    assertEquals(1.8, moments.kurtosis, 0.03);
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    assertTrue(sorted[0] >= -1 && sorted[0] < -0.99, "" + sorted[0]);
    assertTrue(sorted[sorted.length - 1] < 1 && sorted[sorted.length - 1] > 0.99);
  }

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void fewerAreAPrefixOfMore(Distribution distribution) {
    // 7 components: no multiple of the four that the generator makes at a time
    float[] sixteen = sample(distribution, 7, 16, 5);
    assertArrayEquals(Arrays.copyOf(sixteen, 28), sample(distribution, 7, 4, 5));
    assertArrayEquals(Arrays.copyOf(sixteen, 7), sample(distribution, 7, 1, 5));
    float[] many = sample(distribution, 7, 30_000, 5);
    assertArrayEquals(sixteen, Arrays.copyOf(many, 112));
  }

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void aCountKnownWhenTheGraphRunsGivesTheSame(Distribution distribution) {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      var seed = tf.constant(new long[] {5, 0});
      float[] found = graph.floats(new Latent(7, distribution).sample(tf, tf.constant(4), seed));
      assertArrayEquals(sample(distribution, 7, 4, 5), found);
    }
  }

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void anotherSeedGivesOtherVectors(Distribution distribution) {
    assertFalse(Arrays.equals(sample(distribution, 7, 4, 5), sample(distribution, 7, 4, 6)));
  }

  @Test
  void anEmptyLatentIsRefused() {
    var e = assertThrows(NetException.class, () -> new Latent(0, Distribution.NORMAL));
    assertEquals("latent size must be at least 1, found 0", e.getMessage());
  }

  private static float[] sample(Distribution distribution, int size, int count, long seed) {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      var key = tf.constant(new long[] {seed, 0});
      return graph.floats(new Latent(size, distribution).sample(tf, count, key));
    }
  }

  private record Moments(double mean, double variance, double kurtosis) {
    static Moments of(float[] values) {
      double mean = 0;
      double second = 0;
      double fourth = 0;
      for (float value : values) {
        mean += value / (double) values.length;
        second += (double) value * value / values.length;
        fourth += Math.pow(value, 4) / values.length;
      }
      return new Moments(mean, second - mean * mean, fourth / (second * second));
    }
  }
}
