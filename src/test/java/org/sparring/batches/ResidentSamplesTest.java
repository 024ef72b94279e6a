package org.sparring.batches;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.data.ArrayDataset;
import org.sparring.data.Dataset;
import org.sparring.data.GaussianGrid;
import org.sparring.data.GlyphSource;
import org.sparring.data.PointSet;
import org.sparring.errors.TrainingException;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Seeds;
import org.sparring.pictures.ImageGeometry;
import org.tensorflow.op.Ops;

/** Minibatches of data that lies on the device. */
class ResidentSamplesTest {

  static Stream<Dataset> datasets() {
    return Stream.of(
        new GlyphSource(5, 8, 3, 1),
        new PointSet(GaussianGrid.pacGan(), 5, 3),
        MixedFields.dataset());
  }

  @ParameterizedTest
  @MethodSource("datasets")
  void aBatchHoldsTheFieldsOfTheDataSetInTheOrderOfTheRun(Dataset source) {
    SampleOrder order = new SampleOrder(new Seeds(2), 5);
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      ResidentSamples samples = new ResidentSamples(tf, SampleReading.of(source, order, 7));
      assertEquals(5, samples.size());
      // 7 of 5 samples from position 3: the batch reaches over the ends of two epochs
      var position = tf.constant(3L);
      var batch = samples.batch(tf, position);
      samples.load(graph.session());
      long[] chosen = graph.longs(order.indices(tf, SampleOrder.positions(tf, position, 7)));
      MixedFields.shown(graph, List.of(batch)).get(0).assertSamples(source, chosen, "batch");
    }
  }

  @Test
  void blackIsMinusOneAndWhiteIsOne() {
    var source =
        ArrayDataset.of("two", 1)
            .images("image", new ImageGeometry(1, 2, 1), new byte[] {0, (byte) 255});
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      var order = new SampleOrder(new Seeds(2), 1);
      ResidentSamples samples = new ResidentSamples(tf, SampleReading.of(source, order, 1));
      samples.load(graph.session());
      float[] found = graph.floats(samples.batch(tf, tf.constant(0L)).floats("image"));
      assertEquals(-1, found[0]);
      assertEquals(1, found[1]);
    }
  }

  @Test
  void anEpochShowsEachPointOnce() {
    PointSet points = new PointSet(GaussianGrid.pacGan(), 5, 3);
    try (ScratchGraph graph = new ScratchGraph()) {
      Ops tf = graph.tf();
      var order = new SampleOrder(new Seeds(2), 5);
      ResidentSamples samples = new ResidentSamples(tf, SampleReading.of(points, order, 1));
      samples.load(graph.session());
      Set<Float> seen = new HashSet<>();
      for (long i = 0; i < 5; i++) {
        seen.add(graph.floats(samples.batch(tf, tf.constant(i)).floats("point"))[0]);
      }
      assertEquals(5, seen.size());
    }
  }

  @Test
  void onlyTheNamedFieldsLieOnTheDevice() {
    try (ScratchGraph graph = new ScratchGraph()) {
      var order = new SampleOrder(new Seeds(2), 5);
      var reading = new SampleReading("x", MixedFields.dataset(), List.of("text"), order, 2);
      var batch =
          new ResidentSamples(graph.tf(), reading).batch(graph.tf(), graph.tf().constant(0L));
      assertEquals(Set.of("image", "text"), batch.names());
      Set<String> names = new HashSet<>();
      graph.operations().forEachRemaining(op -> names.add(op.name()));
      assertTrue(names.containsAll(Set.of("x.image", "x.text")), names.toString());
    }
  }

  @Test
  void aSampleWithoutAClassIsRefused() {
    var order = new SampleOrder(new Seeds(2), 2);
    try (ScratchGraph graph = new ScratchGraph()) {
      var e =
          assertThrows(
              TrainingException.class,
              () ->
                  new ResidentSamples(graph.tf(), SampleReading.of(new HalfLabelled(), order, 1)));
      assertEquals("expected a class for each sample of half, found some without", e.getMessage());
    }
  }
}
