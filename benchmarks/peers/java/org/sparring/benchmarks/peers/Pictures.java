package org.sparring.benchmarks.peers;

import java.util.Random;
import org.sparring.benchmarks.timing.Work;

/**
 * Real images to train on: bright discs of random place and size on black, in [−1, 1], stored image
 * by image as (channel, row, column). A step takes the next batch in turn.
 */
final class Pictures {
  private static final int BATCHES = 8;

  private final Work work;
  private final float[] pixels;

  Pictures(Work work, long seed) {
    this.work = work;
    pixels = new float[BATCHES * batchSize()];
    Random random = new Random(seed);
    for (int image = 0; image < BATCHES * work.batch(); image++) {
      draw(image, random);
    }
  }

  /** Pixels of all batches, one after the other. */
  float[] pixels() {
    return pixels;
  }

  int batches() {
    return BATCHES;
  }

  private int batchSize() {
    return work.batch() * imageSize();
  }

  private int imageSize() {
    return work.channels() * work.side() * work.side();
  }

  private void draw(int image, Random random) {
    int side = work.side();
    double x = side * (0.25 + 0.5 * random.nextDouble());
    double y = side * (0.25 + 0.5 * random.nextDouble());
    double radius = side * (0.1 + 0.15 * random.nextDouble());
    for (int i = 0; i < imageSize(); i++) {
      int place = i % (side * side);
      double distance = Math.hypot(place % side - x, place / side - y);
      double bright = Math.max(0, Math.min(1, radius - distance + 0.5));
      pixels[image * imageSize() + i] = (float) (2 * bright - 1);
    }
  }
}
