package org.sparring.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.games.DiscriminatorOutputs;
import org.sparring.games.Move;
import org.sparring.graph.ScratchGraph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a step tells, from logits whose sigmoids are quarters: σ(±ln 3) = ½ ± ¼. */
class StepMetersTest {
  private static final float LOG_3 = (float) Math.log(3);
  private static final double LOG_2 = Math.log(2);

  /** D(x) is ¾, ¾, ¼ and ½; the last is called neither real nor forged. */
  private static final float[][] REAL = {{LOG_3}, {LOG_3}, {-LOG_3}, {0}};

  /** D(G(z)) is ¼ three times, and ¾. */
  private static final float[][] FAKE = {{-LOG_3}, {-LOG_3}, {-LOG_3}, {LOG_3}};

  private final ScratchGraph graph = new ScratchGraph();

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void metersAreTheirDefinitionsWorkedByHand() {
    // ¼(2·log ¾ + log ¼ + log ½) + ¼(3·log ¾ + log ¼) = ¼(5·log ¾ − 5·log 2)
    double value = (5 * Math.log(0.75) - 5 * LOG_2) / 4;
    float[] expected = {1.5f, 2.5f, 0.5625f, 0.375f, (float) value, 0.5f, 0.75f, 0.25f};
    assertArrayEquals(expected, meters(Optional.of(graph.tf().constant(0.25f))), 1e-6f);
  }

  @Test
  void withoutAPenaltyItTellsZero() {
    float[] meters = meters(Optional.empty());
    assertEquals(0, meters[StepMeters.PENALTY]);
  }

  private float[] meters(Optional<Operand<TFloat32>> penalty) {
    Ops tf = graph.tf();
    DiscriminatorOutputs verdict =
        new DiscriminatorOutputs(tf.constant(REAL), tf.constant(FAKE)).with(penalty);
    Move move = new Move(null, null, tf.constant(1.5f), tf.constant(2.5f), verdict);
    return graph.floats(StepMeters.of(tf, move));
  }
}
