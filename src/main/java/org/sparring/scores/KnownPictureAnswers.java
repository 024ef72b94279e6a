package org.sparring.scores;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.sparring.metrics.Pixels;
import org.sparring.metrics.SignalToNoise;
import org.sparring.metrics.SlicedWasserstein;
import org.sparring.metrics.StructuralSimilarity;

/**
 * Known scores of the metrics that compare an image with its truth, and of the sliced Wasserstein
 * distance.
 *
 * @param seed seed of all random numbers
 */
record KnownPictureAnswers(long seed) {
  private static final double ROUNDING = 1e-4;

  /** Number of random directions; the standard error of a distance is 1.2 % of it. */
  private static final int DIRECTIONS = 4000;

  /** Tolerance in standard errors. */
  private static final double ERRORS = 4;

  List<KnownAnswers.Answer> all() {
    List<KnownAnswers.Answer> answers = new ArrayList<>();
    Pixels noise = noise(32);
    answers.add(
        exact("mae", "0, 0 and 0, 51", 25.5, SignalToNoise.meanAbsolute(line(0, 51), line(0, 0))));
    answers.add(
        exact(
            "psnr",
            "0, 0 and 0, 51: 10 log10(255^2 / 1300.5)",
            16.98970,
            SignalToNoise.decibels(line(0, 51), line(0, 0))));
    answers.add(
        exact(
            "psnr",
            "Y of white and black: 20 log10(255 / 219)",
            1.321921,
            SignalToNoise.decibels(colour(255).luma(), colour(0).luma())));
    answers.add(exact("ssim", "noise and itself", 1, StructuralSimilarity.of(noise, noise)));
    answers.add(
        exact(
            "ssim",
            "all 100 and all 120: (24000 + c) / (24400 + c), c = 6.5025",
            24006.5025 / 24406.5025,
            StructuralSimilarity.of(constant(100), constant(120))));
    answers.add(exact("swd", "noise and itself", 0, distance(List.of(noise), List.of(noise))));
    answers.add(halvesAndQuarters());
    return answers;
  }

  /**
   * A patch of a constant image is projected to v·7θ, where θ is one coordinate of a random
   * direction in 49 dimensions, and E|θ| = Γ(24.5)/(√π·Γ(25)) = .1145665. The normalised values −1,
   * −1, 1, 1 and −√2, 0, 0, √2 are √2/2 apart.
   */
  private KnownAnswers.Answer halvesAndQuarters() {
    double expected = 1000 * Math.sqrt(0.5) * 7 * 0.1145665;
    double error = expected * Math.sqrt((Math.PI / 2 - 1) / DIRECTIONS);
    double measured = distance(constants(90, 90, 110, 110), constants(50, 60, 60, 70));
    return new KnownAnswers.Answer(
        "swd",
        "constants -1, -1, 1, 1 and -2, 0, 0, 2 over sqrt 2",
        expected,
        measured,
        ERRORS * error);
  }

  private double distance(List<Pixels> real, List<Pixels> fake) {
    return new SlicedWasserstein(8, DIRECTIONS, seed).between(real, fake).mean();
  }

  private static KnownAnswers.Answer exact(
      String metric, String statement, double expected, double measured) {
    return new KnownAnswers.Answer(metric, statement, expected, measured, ROUNDING);
  }

  private static Pixels line(float... values) {
    return new Pixels(1, values.length, 1, values);
  }

  private static Pixels colour(float value) {
    return new Pixels(1, 1, 3, new float[] {value, value, value});
  }

  private static List<Pixels> constants(float... values) {
    return IntStream.range(0, values.length).mapToObj(i -> constant(values[i])).toList();
  }

  private static Pixels constant(float value) {
    float[] values = new float[256];
    Arrays.fill(values, value);
    return new Pixels(16, 16, 1, values);
  }

  private Pixels noise(int side) {
    Random random = new Random(seed);
    byte[] bytes = new byte[side * side * 3];
    random.nextBytes(bytes);
    return Pixels.of(side, side, 3, bytes);
  }
}
