package org.sparring.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class PackTest {
  private static final Initializer NORMAL = Initializer.normal(0.1f);

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();
  private final Variables packing = new Variables(tf, new Seeds(1), true);

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void packedVariablesHaveTheFirstValuesOfOthers() {
    List<Variable<TFloat32>> packed = weights(packing);
    List<Variable<TFloat32>> plain = weights(graph.variables());
    graph.run(packing.initialization());
    graph.initialize();
    for (int i = 0; i < packed.size(); i++) {
      assertEquals(plain.get(i).name(), packed.get(i).name());
      assertArrayEquals(value(plain.get(i)), value(packed.get(i)), packed.get(i).name());
    }
  }

  @Test
  void aVariableOfWholeRowsSharesItsHandleWithTheOthersOfItsOwner() {
    List<Variable<TFloat32>> packed = weights(packing);
    assertEquals(
        List.of(true, true, false, true), packed.stream().map(Variable::isPacked).toList());
    assertEquals(packed.get(0).handle(), packed.get(3).handle());
    assertEquals(Shape.of(8 + 2 + 1, 16), packed.get(0).whole().shape());
    assertEquals(packed.get(2), packed.get(2).whole());
    assertFalse(state().isPacked(), "what is not trained has its own handle");
  }

  @Test
  void anAssignmentLeavesTheNeighboursAlone() {
    List<Variable<TFloat32>> packed = weights(packing);
    graph.run(packing.initialization());
    float[] before = value(packed.get(0));
    float[] behind = value(packed.get(3));
    float[] values = new float[32];
    Arrays.fill(values, 7);
    Operand<TFloat32> value = tf.reshape(tf.constant(values), tf.constant(new int[] {32}));
    graph.run(packed.get(1).assign(tf, value));
    assertArrayEquals(values, value(packed.get(1)));
    assertArrayEquals(before, value(packed.get(0)));
    assertArrayEquals(behind, value(packed.get(3)));
    graph.run(packed.get(1).add(tf, value));
    assertEquals(14, value(packed.get(1))[5]);
  }

  @Test
  void whatIsMadeBesideAPackHasItsPlacesInAnyOrder() {
    List<Variable<TFloat32>> packed = weights(packing);
    List<Variable<TFloat32>> copies =
        Stream.of(3, 1, 0)
            .map(i -> packing.copy(Owner.RUN, "ema/" + packed.get(i).name(), packed.get(i)))
            .toList();
    Variable<TFloat32> slot = packing.zeros(Owner.RUN, packed.get(0).name() + "/m", packed.get(0));
    Variable<TFloat32> last = packing.zeros(Owner.RUN, packed.get(3).name() + "/m", packed.get(3));
    packing.zeros(Owner.RUN, packed.get(1).name() + "/m", packed.get(1));
    graph.run(packing.initialization());
    assertArrayEquals(value(packed.get(3)), value(copies.get(0)));
    assertArrayEquals(value(packed.get(0)), value(copies.get(2)));
    assertArrayEquals(value(packed.get(0).whole()), value(copies.get(0).whole()));
    assertEquals(slot.handle(), last.handle());
    assertArrayEquals(new float[16], value(last));
  }

  @Test
  void joinedValuesLieAsInThePack() {
    List<Variable<TFloat32>> packed = weights(packing).stream().filter(Variable::isPacked).toList();
    graph.run(packing.initialization());
    Operand<TFloat32> joined =
        Pack.joined(tf, packed.stream().<Operand<TFloat32>>map(v -> v.read(tf)).toList());
    assertArrayEquals(value(packed.get(0).whole()), graph.floats(joined));
    long pieces = joined.op().numOutputs() == 1 ? inputs(joined) : 0;
    assertTrue(pieces >= 11, "as many pieces as rows, to be joined in one launch: " + pieces);
  }

  private static long inputs(Operand<TFloat32> joined) {
    return ((GraphOperation) joined.op()).numInputs();
  }

  private static List<Variable<TFloat32>> weights(Variables variables) {
    return List.of(
        variables.weight(Owner.GENERATOR, "a/kernel", Shape.of(4, 4, 2, 4), new Fans(1, 1), NORMAL),
        variables.weight(Owner.GENERATOR, "b/scale", 32, 1),
        variables.weight(Owner.GENERATOR, "b/bias", 3, 0.5f),
        variables.weight(Owner.GENERATOR, "c/scale", 16, 2));
  }

  private Variable<TFloat32> state() {
    return packing.state(Owner.GENERATOR, "mean", Shape.of(16), 0);
  }

  private float[] value(Variable<TFloat32> variable) {
    return graph.floats(variable.read(tf));
  }
}
