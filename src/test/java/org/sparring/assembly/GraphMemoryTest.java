package org.sparring.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.sparring.graph.Owner;
import org.sparring.graph.Rectified;
import org.sparring.graph.Seeds;
import org.sparring.graph.Variables;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** By hand, in units of 1000 float32 values: 4000 bytes. */
class GraphMemoryTest {
  private static final long UNIT = 4000;

  @Test
  void anOutputIsKeptUntilItsLastConsumerHasRun() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> x = input(tf); // 1
      Operand<TFloat32> a = tf.math.mul(tf.math.sin(x), x); // x, sin: 2; the product over sin: 2
      Operand<TFloat32> b = tf.math.sin(a); // x was freed: a, b
      tf.math.add(tf.math.sin(b), a); // a, b, sin(b): 3
      assertEquals(3 * UNIT, GraphMemory.bytes(graph));
    }
  }

  @Test
  void aReshapeIsNoCopyAndVariablesStay() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      new Variables(tf, new Seeds(0)).state(Owner.GENERATOR, "w", Shape.of(2000), 0);
      long variable = GraphMemory.bytes(graph);
      Operand<TFloat32> x = tf.reshape(input(tf), tf.constant(new int[] {10, 100}));
      tf.math.sin(tf.reshape(tf.math.sin(x), tf.constant(new int[] {1000})));
      // what initialises the variable is smaller, and not at the same time
      assertEquals(2 * UNIT, GraphMemory.bytes(graph) - 2 * UNIT, variable + "");
    }
  }

  /** As of a {@link Pack}. */
  @Test
  void aVariableOfUnknownRowsIsAsLargeAsItsFirstValue() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      var handle = tf.varHandleOp(TFloat32.class, Shape.of(Shape.UNKNOWN_SIZE, 16));
      tf.assignVariableOp(handle, tf.constant(new float[125][16]));
      assertEquals(2 * UNIT, GraphMemory.bytes(graph));
    }
  }

  /** Of an op with several outputs, the gradient often reads only some. */
  @Test
  void eachOutputIsKeptAsLongAsItIsRead() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      var halves = tf.split(tf.constant(0), input(tf), 2L).output(); // 1, two outputs of ½
      Operand<TFloat32> a = tf.math.sin(halves.get(0)); // x was freed; the first half dies
      Operand<TFloat32> b = tf.math.sin(a);
      tf.math.add(tf.math.sin(b), halves.get(1)); // a second half is kept, over a and b: 1½
      assertEquals(2 * UNIT, GraphMemory.bytes(graph));
    }
  }

  /** TensorFlow adds such ops to a gradient, and never runs them. */
  @Test
  void zerosThatNothingReadsKeepNothing() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> x = input(tf);
      tf.math.sin(tf.math.sin(tf.math.sin(x)));
      tf.zerosLike(x);
      assertEquals(2 * UNIT, GraphMemory.bytes(graph));
      tf.math.sin(tf.zerosLike(x)); // now x is kept, and two sines
      assertEquals(3 * UNIT, GraphMemory.bytes(graph));
    }
  }

  @Test
  void aRectifierOverwritesTheResultOfANormalization() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> x = tf.reshape(input(tf), tf.constant(new int[] {1, 1, 1000, 1}));
      Operand<TFloat32> one = tf.constant(new float[] {1});
      Operand<TFloat32> none = tf.constant(new float[0]);
      var y = Rectified.of(tf, tf.nn.fusedBatchNorm(x, one, one, none, none), 0.2f); // x, y
      tf.math.sin(y); // x, y, the sine
      // and the four moments of one value, some of which are still held
      assertEquals(2 * UNIT, GraphMemory.bytes(graph), 5 * 4);
    }
  }

  @Test
  void aShapeThatOnlyARunKnowsCountsNothing() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      tf.math.sin(
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, 1000))));
      assertEquals(0, GraphMemory.bytes(graph));
    }
  }

  private static Operand<TFloat32> input(Ops tf) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1000)));
  }
}
