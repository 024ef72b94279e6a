package org.sparring.translation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.errors.TrainingException;
import org.sparring.graph.ScratchGraph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A pool of four images of one pixel, two for each of the two images of a minibatch. */
class ImagePoolTest {
  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();
  private final ImagePool pool = ImagePool.of(graph.variables(), "a", 4, Shape.of(1, 1, 1));

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void imagesAreStoredWhileThePoolIsFilledAndThenSomeAreSwapped() {
    graph.initialize();
    assertArrayEquals(new float[] {1, 2}, step(0, new float[] {0.9f, 0.9f}, 0.1f, 0.1f, 1, 2));
    assertArrayEquals(new float[] {1, 0, 2, 0}, stored());
    assertArrayEquals(new float[] {3, 4}, step(1, new float[] {0, 0}, 0.1f, 0.1f, 3, 4));
    assertArrayEquals(new float[] {1, 3, 2, 4}, stored());
    // the first image is swapped with the second place of its part, the second is not
    assertArrayEquals(new float[] {3, 6}, step(2, new float[] {0.5f, 0}, 0.4f, 0.6f, 5, 6));
    assertArrayEquals(new float[] {1, 5, 2, 4}, stored());
    // 1 itself can come of rounding
    assertArrayEquals(new float[] {7, 4}, step(9, new float[] {0, 1}, 0.5f, 0, 7, 8));
    assertArrayEquals(new float[] {1, 5, 2, 8}, stored());
  }

  @Test
  void aPoolSmallerThanTheMinibatchIsRefused() {
    var e =
        assertThrows(
            TrainingException.class,
            () ->
                pool.swap(
                    tf,
                    tf.constant(new float[5][1][1][1]),
                    numbers(0, new float[5], new float[5])));
    assertEquals("expected a pool of at least the minibatch, 5 images, found 4", e.getMessage());
  }

  private float[] step(long steps, float[] place, float first, float second, float a, float b) {
    Operand<TFloat32> fresh = tf.constant(new float[][][][] {{{{a}}}, {{{b}}}});
    ImagePool.Swap swap = pool.swap(tf, fresh, numbers(steps, place, new float[] {first, second}));
    float[] shown = graph.floats(swap.shown());
    Ops after = tf.withControlDependencies(List.of(swap.shown()));
    graph.run(pool.write(after, swap));
    return shown;
  }

  private ImagePool.Numbers numbers(long steps, float[] place, float[] whether) {
    return new ImagePool.Numbers(tf.constant(steps), tf.constant(place), tf.constant(whether));
  }

  private float[] stored() {
    return graph.floats(pool.stored().read(tf));
  }
}
