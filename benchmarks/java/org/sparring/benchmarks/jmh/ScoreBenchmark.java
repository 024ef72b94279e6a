package org.sparring.benchmarks.jmh;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sparring.metrics.Features;
import org.sparring.metrics.FrechetDistance;
import org.sparring.metrics.KernelDistance;
import org.sparring.metrics.ManifoldScores;
import org.sparring.metrics.Moments;

/**
 * One question: what does a score cost after the features were computed?
 *
 * <p>Features are drawn from a normal distribution; the second set is shifted by .1. {@code fid}
 * times the moments of both sets and the distance between them, {@code kid} the kernel distance in
 * blocks, {@code prdc} precision, recall, density and coverage by nearest neighbours. In float64,
 * on all processors. Checked: the score is the same finite number each time.
 *
 * <p>Expect: fid grows with the cube of the dimensions, the neighbour search with the square of the
 * samples. The Inception network has 2048 dimensions: {@code -p dimensions=2048} takes half a
 * minute per score.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class ScoreBenchmark {
  @Param({"fid", "kid", "prdc"})
  public String metric;

  @Param({"64", "512"})
  public int dimensions;

  @Param({"5000"})
  public int samples;

  private Features real;
  private Features fake;
  private double before = Double.NaN;

  @Setup(Level.Trial)
  public void draw() {
    Random random = new Random(1);
    real = normal(random, 0);
    fake = normal(random, 0.1f);
  }

  private Features normal(Random random, float mean) {
    float[] values = new float[samples * dimensions];
    for (int i = 0; i < values.length; i++) {
      values[i] = mean + (float) random.nextGaussian();
    }
    return new Features(values, dimensions);
  }

  @Benchmark
  public double score() {
    double found =
        switch (metric) {
          case "kid" -> new KernelDistance(KernelDistance.DEFAULT_BLOCK, 1).of(real, fake).value();
          case "prdc" -> ManifoldScores.of(real, fake).coverage();
          default -> FrechetDistance.between(Moments.of(real), Moments.of(fake)).value();
        };
    if (!Double.isFinite(found) || (!Double.isNaN(before) && found != before)) {
      throw new IllegalStateException(metric + " is " + found + ", was " + before);
    }
    before = found;
    return found;
  }
}
