package org.sparring.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.errors.NetException;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.graph.Weights;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class DropoutTest {
  private static final int COUNT = 10_000;
  private static final float RATE = 0.25f;

  private final ScratchGraph graph = new ScratchGraph();
  private final Ops tf = graph.tf();

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void aShareOfTheValuesIsZeroAndTheOthersKeepTheExpectation() {
    float[] found = dropped(Pass.training().with(noise(7)));
    long zeros = count(found, 0);
    // 10,000 coins of probability ¼ have a deviation of .0043; four of them
    assertEquals(RATE, zeros / (double) COUNT, 0.018);
    assertEquals(COUNT - zeros, count(found, 2 / (1 - RATE)));
  }

  @Test
  void equalKeysDropTheSameValuesAndOtherKeysOthers() {
    float[] found = dropped(Pass.training().with(noise(7)));
    assertArrayEquals(found, dropped(Pass.recording().with(noise(7))));
    assertFalse(Arrays.equals(found, dropped(Pass.training().with(noise(8)))));
  }

  @Test
  void inferenceChangesNothing() {
    assertEquals(COUNT, count(dropped(Pass.inference()), 2));
    assertEquals(COUNT, count(dropped(Pass.inference().with(noise(7))), 2));
    assertEquals(COUNT, count(dropped(Pass.training()), 2), "a probe has no noise");
  }

  @Test
  void aRateOfOneIsRefused() {
    var rate = assertThrows(NetException.class, () -> new Dropout(1));
    assertTrue(rate.getMessage().endsWith("found 1.0"), rate.getMessage());
  }

  private float[] dropped(Pass pass) {
    Operand<TFloat32> twos = tf.fill(tf.constant(new int[] {100, COUNT / 100}), tf.constant(2f));
    return graph.floats(new Dropout(RATE).evaluate(tf, Weights.of(Map.of()), twos, pass));
  }

  private Noise noise(long step) {
    return new Noise(
        (ops, purpose) ->
            RandomRows.single(new Seeds(3).counted(ops, purpose, ops.constant(step))));
  }

  private static long count(float[] values, float value) {
    int count = 0;
    for (float each : values) {
      count += each == value ? 1 : 0;
    }
    return count;
  }
}
