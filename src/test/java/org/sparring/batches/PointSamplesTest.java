package org.sparring.batches;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sparring.data.GaussianGrid;
import org.sparring.data.PointSet;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;

class PointSamplesTest {
  private static final PointSet POINTS = new PointSet(GaussianGrid.pacGan(), 5, 3);

  @Test
  void aBatchIsTheSetsPointsInTheOrderOfTheRun() {
    SampleOrder order = new SampleOrder(new Seeds(2), 5);
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      PointSamples samples = new PointSamples(tf, POINTS, order, 7);
      assertEquals(5, samples.size());
      // 7 of 5 points from position 3: the batch reaches over two epochs' ends
      var position = tf.constant(3L);
      var batch = samples.batch(tf, position);
      assertEquals(Shape.of(7, 2), batch.shape());
      samples.load(graph.session());
      long[] chosen = graph.longs(order.indices(tf, SampleOrder.positions(tf, position, 7)));
      float[] found = graph.floats(batch);
      for (int i = 0; i < 7; i++) {
        assertEquals(POINTS.values()[2 * (int) chosen[i]], found[2 * i]);
        assertEquals(POINTS.values()[2 * (int) chosen[i] + 1], found[2 * i + 1]);
      }
    }
  }

  @Test
  void anEpochShowsEachPointOnce() {
    SampleOrder order = new SampleOrder(new Seeds(2), 5);
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      PointSamples samples = new PointSamples(tf, POINTS, order, 1);
      samples.load(graph.session());
      Set<Float> seen = new HashSet<>();
      for (long i = 0; i < 5; i++) {
        seen.add(graph.floats(samples.batch(tf, tf.constant(i)))[0]);
      }
      assertEquals(5, seen.size());
    }
  }
}
