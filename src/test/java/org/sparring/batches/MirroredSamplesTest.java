package org.sparring.batches;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

class MirroredSamplesTest {
  private static final int COUNT = 600;
  private static final int HEIGHT = 2;
  private static final int WIDTH = 3;
  private static final int CHANNELS = 2;
  private static final int EACH = HEIGHT * WIDTH * CHANNELS;

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();
  private final float[] images = GradientCheck.noise(COUNT * EACH, 1);

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void eachImageIsShownAsItIsOrLeftForRight() {
    float[] shown = shown(1, 0);
    int mirrored = 0;
    for (int i = 0; i < COUNT; i++) {
      float[] image = Arrays.copyOfRange(images, i * EACH, (i + 1) * EACH);
      float[] found = Arrays.copyOfRange(shown, i * EACH, (i + 1) * EACH);
      if (!Arrays.equals(image, found)) {
        mirrored++;
        assertArrayEquals(mirror(image), found);
      }
    }
    // half of 600 has a deviation of 12; these are four of them
    assertEquals(COUNT / 2.0, mirrored, 49);
  }

  @Test
  void whichAreIsAFunctionOfSeedAndPosition() {
    assertArrayEquals(shown(1, 64), shown(1, 64));
    assertFalse(Arrays.equals(shown(1, 64), shown(1, 128)));
    assertFalse(Arrays.equals(shown(1, 64), shown(2, 64)));
  }

  private float[] shown(long seed, long position) {
    var mirrored = new MirroredSamples(new Fixed(), new Seeds(seed), COUNT);
    assertEquals(COUNT, mirrored.size());
    Operand<TFloat32> batch = mirrored.batch(tf, tf.constant(position));
    assertEquals(Shape.of(COUNT, HEIGHT, WIDTH, CHANNELS), batch.shape());
    return graph.floats(batch);
  }

  private static float[] mirror(float[] image) {
    float[] mirrored = new float[EACH];
    for (int i = 0; i < EACH; i++) {
      int column = i / CHANNELS % WIDTH;
      mirrored[i + (WIDTH - 1 - 2 * column) * CHANNELS] = image[i];
    }
    return mirrored;
  }

  /** The same images at each position. */
  private final class Fixed implements RealSamples {
    @Override
    public long size() {
      return COUNT;
    }

    @Override
    public Operand<TFloat32> batch(Ops ops, Operand<TInt64> position) {
      return ops.reshape(
          ops.constant(images), ops.constant(new int[] {COUNT, HEIGHT, WIDTH, CHANNELS}));
    }

    @Override
    public void load(Session session) {}
  }
}
