package org.sparring.batches;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.sparring.data.GlyphSource;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;

class ResidentSamplesTest {
  @Test
  void aBatchIsTheSourcesPixelsFromMinusOneToOneInTheOrderOfTheRun() {
    GlyphSource source = new GlyphSource(5, 8, 3, 1);
    SampleOrder order = new SampleOrder(new Seeds(2), 5);
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      ResidentSamples samples = new ResidentSamples(tf, source, order, 7);
      // 7 of 5 images from position 3: the batch reaches over two epochs' ends
      var position = tf.constant(3L);
      var batch = samples.batch(tf, position);
      assertEquals(Shape.of(7, 8, 8, 3), batch.shape());
      samples.load(graph.session());
      long[] chosen = graph.longs(order.indices(tf, SampleOrder.positions(tf, position, 7)));
      float[] found = graph.floats(batch);
      byte[] pixels = source.pixels();
      int each = 8 * 8 * 3;
      for (int i = 0; i < found.length; i++) {
        int stored = pixels[(int) chosen[i / each] * each + i % each] & 0xff;
        assertEquals(stored / 127.5 - 1, found[i], 1e-6);
      }
    }
  }

  @Test
  void blackIsMinusOneAndWhiteIsOne() {
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      var stored = tf.constant(NdArrays.vectorOf((byte) 0, (byte) 255));
      float[] found = graph.floats(Pixels.signed(tf, stored));
      assertEquals(-1, found[0]);
      assertEquals(1, found[1]);
    }
  }
}
