package org.sparring.benchmarks.timing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * The timed calls of one generator with batches of one size, as one line of JSON.
 *
 * @param engine name of the engine
 * @param batch images of a call
 * @param callMs milliseconds per call
 * @param foreignCores see {@link ForeignLoad}; null if the system does not report it
 * @param pixels of the last image of a batch, to compare engines
 */
public record CallTiming(
    String engine, int batch, Spread callMs, Double foreignCores, float[] pixels) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SEED = 7;

  /** Calls are timed for this long after as many seconds of warm-up. */
  private static final double SECONDS = 1.5;

  private static final int FEWEST = 12;

  /**
   * Times a generator.
   *
   * @param generator (batch, latent) → (batch, height, width, channels), row-major
   * @param latent length of a latent vector
   */
  public static CallTiming of(
      String engine, int batch, int latent, UnaryOperator<float[]> generator) {
    float[] z = latents(batch * latent);
    float[] images = generator.apply(z);
    milliseconds(z, generator, images.length);
    ForeignLoad load = new ForeignLoad();
    double[] measured = milliseconds(z, generator, images.length);
    OptionalDouble foreign = load.processors();
    return new CallTiming(
        engine,
        batch,
        Spread.of(measured),
        foreign.isPresent() ? foreign.getAsDouble() : null,
        Arrays.copyOfRange(images, images.length - images.length / batch, images.length));
  }

  private static double[] milliseconds(float[] z, UnaryOperator<float[]> generator, int values) {
    double[] measured = new double[1 << 16];
    int calls = 0;
    long start = System.nanoTime();
    while (calls < FEWEST
        || (System.nanoTime() - start < SECONDS * 1e9 && calls < measured.length)) {
      long before = System.nanoTime();
      int found = generator.apply(z).length;
      measured[calls++] = (System.nanoTime() - before) / 1e6;
      if (found != values) {
        throw new IllegalStateException("expected " + values + " values, found " + found);
      }
    }
    return Arrays.copyOf(measured, calls);
  }

  /** Every engine gets the same latent vectors. */
  private static float[] latents(int values) {
    Random random = new Random(SEED);
    float[] z = new float[values];
    for (int i = 0; i < values; i++) {
      z[i] = (float) random.nextGaussian();
    }
    return z;
  }

  /** Returns one line of JSON. */
  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a timing is always writable", e);
    }
  }

  /**
   * Parses a line of {@link #toJson}.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static CallTiming fromJson(String line) {
    try {
      return JSON.readValue(line, CallTiming.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected a timing as JSON, found '" + line + "'", e);
    }
  }
}
