package org.sparring.replicas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.GraphException;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.ScratchGraph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

class RandomRowsTest {
  private static final int ROWS = 6;

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();
  private final Operand<TInt64> key = tf.constant(new long[] {3, 4});

  @AfterEach
  void close() {
    graph.close();
  }

  /** Six rows of (5, 7) numbers, which are no multiple of what one call of the generator makes. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void replicasTogetherDrawTheNumbersOfASingleDevice(int count) {
    float[] normal = graph.floats(RandomRows.single(key).normal(tf, shape(ROWS)));
    float[] uniform = graph.floats(RandomRows.single(key).uniform(tf, shape(ROWS)));
    int each = normal.length / count;
    for (int rank = 0; rank < count; rank++) {
      RandomRows own = new RandomRows(key, new Replica(rank, count));
      int from = rank * each;
      assertArrayEquals(
          Arrays.copyOfRange(normal, from, from + each),
          graph.floats(own.normal(tf, shape(ROWS / count))));
      assertArrayEquals(
          Arrays.copyOfRange(uniform, from, from + each),
          graph.floats(own.uniform(tf, shape(ROWS / count))));
    }
  }

  @Test
  void aShapeThatOnlyARunKnowsIsDividedToo() {
    var x = graph.input(Shape.of(Shape.UNKNOWN_SIZE, 2), GradientCheck.noise(8, 1));
    RandomRows own = new RandomRows(key, new Replica(1, 2));
    float[] all = graph.floats(RandomRows.single(key).normal(tf, tf.constant(new int[] {8, 2})));
    Operand<TFloat32> found = own.normal(tf, tf.shape(x));
    assertArrayEquals(Arrays.copyOfRange(all, 8, 16), graph.floats(found));
  }

  @Test
  void aSingleDeviceAddsNoOp() {
    Operand<TFloat32> drawn = RandomRows.single(key).normal(tf, shape(ROWS));
    assertEquals("StatelessRandomNormal", drawn.op().type());
  }

  @Test
  void aRankOutsideTheReplicasIsRefused() {
    var e = assertThrows(GraphException.class, () -> new Replica(2, 2));
    assertEquals("expected a rank from 0 to 1, found 2", e.getMessage());
    e = assertThrows(GraphException.class, () -> new Replica(0, 0));
    assertEquals("expected at least 1 replica, found 0", e.getMessage());
  }

  private Operand<TInt32> shape(int rows) {
    return tf.constant(new int[] {rows, 5, 7});
  }
}
