package org.sparring.games;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.errors.OptimizerException;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.optimizers.GradientDescent;
import org.sparring.optimizers.LearningRate;
import org.sparring.replicas.Exchange;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Gradients (3, 0) and (0, 4) have the global norm 5. */
class BoundsTest {
  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void longGradientsAreScaledToTheLargestNormAndKeepTheirDirection() {
    List<float[]> found = graph.floats(new Bounds(Optional.empty(), 2.5f).bounded(tf, gradients()));
    assertArrayEquals(new float[] {1.5f, 0}, found.get(0), 1e-6f);
    assertArrayEquals(new float[] {0, 2}, found.get(1), 1e-6f);
  }

  @Test
  void shortGradientsStayAsTheyAre() {
    List<float[]> found = graph.floats(new Bounds(Optional.empty(), 6).bounded(tf, gradients()));
    assertArrayEquals(new float[] {3, 0}, found.get(0));
    assertArrayEquals(new float[] {0, 4}, found.get(1));
    List<Operand<TFloat32>> same = gradients();
    assertSame(same, Bounds.NONE.bounded(tf, same));
  }

  /** Once with the optimizer's own kernel, once as an update that is computed ahead. */
  @Test
  void bothWaysOfUpdatingAreBounded() {
    Variable<TFloat32> a = graph.variables().weight(Owner.GENERATOR, "a", 2, 0);
    Variable<TFloat32> b = graph.variables().weight(Owner.GENERATOR, "b", 2, 0);
    Player player =
        new Player(
            graph.variables(),
            Owner.GENERATOR,
            List.of(a, b),
            new GradientDescent(LearningRate.constant(1)),
            new Bounds(Optional.empty(), 2.5f),
            Exchange.NONE);
    Player.Ahead ahead = player.ahead(tf, player.start(tf), gradients());
    graph.initialize();
    assertArrayEquals(new float[] {0, 2}, graph.floats(ahead.descents()).get(1), 1e-6f);
    graph.run(player.apply(tf, gradients()).done());
    assertArrayEquals(new float[] {-1.5f, 0}, graph.floats(a.read(tf)), 1e-6f);
    assertArrayEquals(new float[] {0, -2}, graph.floats(b.read(tf)), 1e-6f);
  }

  @Test
  void aNormBelowZeroIsRefused() {
    var e = assertThrows(OptimizerException.class, () -> new Bounds(Optional.empty(), -1));
    assertEquals("the largest gradient norm must be 0 or more, found -1.0", e.getMessage());
  }

  private List<Operand<TFloat32>> gradients() {
    return List.of(tf.constant(new float[] {3, 0}), tf.constant(new float[] {0, 4}));
  }
}
