package org.sparring.nets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparring.errors.NetException;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Weights;
import org.sparring.layers.Layers;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pass;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class PackedDiscriminatorTest {
  private final ScratchGraph graph = new ScratchGraph();
  private final Weights none = Weights.of(Map.of());

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void pointsOfAPackAreJoined() {
    // four points of two dimensions in packs of two: rows as they lie
    var points = graph.input(Shape.of(4, 2), 1, 2, 3, 4, 5, 6, 7, 8);
    var packs = packs(points, 2);
    assertEquals(Shape.of(2, 4), packs.shape());
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, graph.floats(packs));
  }

  @Test
  void imagesOfAPackAreStackedInChannels() {
    // images of 1×2 pixels and two channels, in packs of two: (a, b) and (c, d) per pixel
    var images = graph.input(Shape.of(2, 1, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
    var packs = packs(images, 2);
    assertEquals(Shape.of(1, 1, 2, 4), packs.shape());
    assertArrayEquals(new float[] {1, 2, 5, 6, 3, 4, 7, 8}, graph.floats(packs));
  }

  @Test
  void anUnknownBatchIsPacked() {
    var images = graph.input(Shape.of(Shape.UNKNOWN_SIZE, 1, 2, 1), GradientCheck.noise(12, 1));
    var packs = packs(images, 3);
    assertEquals("[-1, 1, 2, 3]", packs.shape().toString());
    assertEquals(12, graph.floats(packs).length);
  }

  @Test
  void gradientsAreCentralDifferences() {
    var images = graph.input(Shape.of(6, 2, 1, 2), GradientCheck.noise(24, 1));
    GradientCheck.check(graph, graph.tf().math.square(packs(images, 3)), List.of(images));
  }

  @Test
  void everyPairJudgesPacks() {
    var form = new DiscriminatorForm(3, Normalization.NONE, 3);
    for (Architecture nets :
        List.of(
            new Mlp(Shape.of(2), 4, 2, 3, form),
            new MaxoutMlp(2, 4, 3, 3, form),
            new Mlp(Shape.of(4, 5, 2), 4, 2, 3, form),
            new Dcgan(16, 2, 4, 3, form),
            new SnDcgan(16, 2, 4, 3, form),
            new SnResNet(16, 2, 4, 1, 3, form),
            new R3Net(16, 2, 4, 1, 3, form),
            new Dcgan5(20, 2, 4, 3, form))) {
      try (ScratchGraph own = new ScratchGraph()) {
        Discriminator d = nets.discriminator(own.variables());
        Shape sample = nets.generator(own.variables()).sampleShape();
        var x = own.input(Shape.of(6).append(sample));
        var logits = d.judge(own.tf(), Weights.read(own.tf(), d.variables()), x, Pass.training());
        assertEquals(Shape.of(2, 1), logits.shape(), nets.toString());
        assertEquals(3, nets.form().packing());
      }
    }
  }

  @Test
  void aBatchThatIsNoMultipleIsRefused() {
    var points = graph.input(Shape.of(4, 2));
    var e = assertThrows(NetException.class, () -> packs(points, 3));
    assertEquals("packing by 3 needs a batch of a multiple of it, found 4", e.getMessage());
    e = assertThrows(NetException.class, () -> packs(points, 0));
    assertEquals("packing must be at least 1, found 0", e.getMessage());
  }

  /** What an inner discriminator is given. */
  private Operand<TFloat32> packs(Operand<TFloat32> samples, int k) {
    var echo = new LayeredDiscriminator(Layers.identity(), List.of());
    return new PackedDiscriminator(echo, k).judge(graph.tf(), none, samples, Pass.training());
  }
}
