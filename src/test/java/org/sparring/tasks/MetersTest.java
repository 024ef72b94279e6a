package org.sparring.tasks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.graph.ScratchGraph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a step tells, from logits whose sigmoids are quarters: σ(±ln 3) = ½ ± ¼. */
class MetersTest {
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
    float[] expected = {0.5625f, 0.375f, (float) value, 0.5f, 0.75f, 0.25f};
    assertArrayEquals(expected, meters(Optional.of(graph.tf().constant(0.25f))), 1e-6f);
  }

  @Test
  void withoutAPenaltyItTellsZero() {
    float[] meters = meters(Optional.empty());
    assertEquals(0, meters[5]);
  }

  private float[] meters(Optional<Operand<TFloat32>> penalty) {
    Ops tf = graph.tf();
    Map<String, Operand<TFloat32>> meters =
        Meters.of(tf, tf.constant(REAL), tf.constant(FAKE), penalty);
    assertEquals(
        List.of("d_real", "d_fake", "value", "d_accuracy_real", "d_accuracy_fake", "d_penalty"),
        List.copyOf(meters.keySet()));
    return graph.floats(tf.stack(List.copyOf(meters.values())));
  }
}
