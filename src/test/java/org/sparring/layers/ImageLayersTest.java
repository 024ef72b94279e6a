package org.sparring.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class ImageLayersTest {
  private final ScratchGraph graph = new ScratchGraph();
  private final Layers layers =
      new Layers(graph.variables(), Owner.GENERATOR, Initializer.normal(0.5f), Normalization.NONE);
  private final ImageLayers images = new ImageLayers(layers);

  @AfterEach
  void close() {
    graph.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void instanceNormalizationGivesEachChannelOfEachImageMean0AndVariance1(int count) {
    Placeholder<TFloat32> x =
        graph.input(Shape.of(count, 4, 5, 2), GradientCheck.noise(count * 40, 7));
    Layer layer = ImageLayers.instanceNormalization(2);
    float[] y = graph.floats(layer.evaluate(graph.tf(), none(), x, Pass.training()));
    for (int image = 0; image < count; image++) {
      for (int channel = 0; channel < 2; channel++) {
        double sum = 0;
        double squares = 0;
        for (int place = 0; place < 20; place++) {
          double value = y[(image * 20 + place) * 2 + channel];
          sum += value;
          squares += value * value;
        }
        assertEquals(0, sum / 20, 1e-5);
        assertEquals(1, squares / 20, 1e-3);
      }
    }
    float[] plain = graph.floats(layer.evaluate(graph.tf(), none(), x, Pass.training().full()));
    assertArrayEquals(plain, y, 1e-5f);
  }

  @Test
  void theFusedFormHasTheGradientOfCentralDifferences() {
    Placeholder<TFloat32> x = graph.input(Shape.of(2, 3, 3, 2), GradientCheck.noise(36, 7));
    Layer layer = ImageLayers.instanceNormalization(2);
    Operand<TFloat32> y = layer.evaluate(graph.tf(), none(), x, Pass.training());
    GradientCheck.check(graph, y, List.of(x));
  }

  @Test
  void reflectedAndShuffledConvolutionsHaveTheGradientsOfCentralDifferences() {
    Placeholder<TFloat32> x = graph.input(Shape.of(1, 4, 3, 2), GradientCheck.noise(24, 7));
    Layer layer =
        images
            .reflected("reflected", 3, 2, 2)
            .then(images.shuffled("shuffled", 2, 2, 2))
            .then(images.doubled("doubled", 2, 1));
    graph.initialize();
    Weights weights = Weights.read(graph.tf(), layers.variables());
    Operand<TFloat32> y = layer.evaluate(graph.tf(), weights, x, Pass.training());
    assertEquals(Shape.of(1, 16, 12, 1), y.shape());
    GradientCheck.check(graph, y, List.of(x));
  }

  /** With a kernel of ones, a place of a constant image sums nine equal values, at the edge too. */
  @Test
  void aReflectedEdgeIsNoEdge() {
    Layers ones = layers.starting(Initializer.constant(1));
    Layer layer = new ImageLayers(ones).reflected("ones", 3, 1, 1);
    Placeholder<TFloat32> x = graph.input(Shape.of(1, 2, 3, 1), 1f, 1f, 1f, 1f, 1f, 1f);
    graph.initialize();
    Weights weights = Weights.read(graph.tf(), ones.variables());
    float[] y = graph.floats(layer.evaluate(graph.tf(), weights, x, Pass.training()));
    assertArrayEquals(new float[] {9, 9, 9, 9, 9, 9}, y);
  }

  private Weights none() {
    return Weights.read(graph.tf(), List.of());
  }
}
