package org.sparring.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.errors.NetException;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Each layer on a tiny awkward shape: its gradients, and its values against a naive loop. */
class LayersTest {
  private final ScratchGraph graph = new ScratchGraph();
  private final Layers layers =
      new Layers(graph.variables(), Owner.GENERATOR, Initializer.normal(1));
  private final List<Placeholder<TFloat32>> inputs = new ArrayList<>();

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void denseHasTheGradientsOfCentralDifferences() {
    checkGradients(layers.dense("dense", 3, 4, true), Shape.of(2, 3));
  }

  @Test
  void denseMultipliesRowsByTheKernelAndAddsTheBias() {
    // (1, 2)·[[1, 2, 3], [4, 5, 6]] + (10, 20, 30) = (9, 12, 15) + (10, 20, 30)
    Layer dense = layers.dense("dense", 2, 3, true);
    Weights weights = given(List.of(new float[] {1, 2, 3, 4, 5, 6}, new float[] {10, 20, 30}));
    var x = graph.input(Shape.of(1, 2), 1, 2);
    var y = dense.evaluate(graph.tf(), weights, x, Pass.training());
    assertArrayEquals(new float[] {19, 32, 45}, graph.floats(y));
  }

  @Test
  void convolutionHasTheGradientsOfCentralDifferences() {
    checkGradients(layers.convolution("down", 2, 3), Shape.of(2, 6, 6, 2));
    assertEquals(4 * 4 * 2 * 3, graph.values(inputs.get(1)).length);
  }

  @Test
  void convolutionIsTheNaiveLoop() {
    Layer convolution = layers.convolution("down", 2, 3);
    float[] kernel = GradientCheck.noise(4 * 4 * 2 * 3, 5);
    float[] image = GradientCheck.noise(2 * 6 * 6 * 2, 6);
    var x = graph.input(Shape.of(2, 6, 6, 2), image);
    var y = convolution.evaluate(graph.tf(), given(List.of(kernel)), x, Pass.training());
    assertEquals(Shape.of(2, 3, 3, 3), y.shape());
    float[] expected = new NaiveConvolution(6, 4, 2, 3).forward(image, kernel);
    assertArrayEquals(expected, graph.floats(y), 1e-4f);
  }

  @Test
  void transposedConvolutionHasTheGradientsOfCentralDifferences() {
    checkGradients(layers.transposedConvolution("up", 3, 2, 3), Shape.of(2, 3, 3, 2));
  }

  @Test
  void transposedConvolutionIsTheNaiveLoop() {
    // (2, 3, 3, 5) → (2, 6, 6, 2): the transpose of a convolution from 2 to 5 channels
    Layer transposed = layers.transposedConvolution("up", 3, 5, 2);
    float[] kernel = GradientCheck.noise(4 * 4 * 2 * 5, 5);
    float[] map = GradientCheck.noise(2 * 3 * 3 * 5, 6);
    var x = graph.input(Shape.of(2, 3, 3, 5), map);
    var y = transposed.evaluate(graph.tf(), given(List.of(kernel)), x, Pass.training());
    assertEquals(Shape.of(2, 6, 6, 2), y.shape());
    float[] expected = new NaiveConvolution(6, 4, 2, 5).transposed(map, kernel);
    assertArrayEquals(expected, graph.floats(y), 1e-4f);
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7})
  void convolutionsOfFieldFiveHaveTheGradientsOfCentralDifferences(int side) {
    int half = (side + 1) / 2;
    checkGradients(layers.convolution("down", 5, 2, 3), Shape.of(2, side, side, 2));
    inputs.clear();
    var others = new Layers(graph.variables(), Owner.DISCRIMINATOR, Initializer.normal(1));
    Layer transposed = others.transposedConvolution("up", 5, side, 2, 1);
    checkGradients(others, transposed, Shape.of(1, half, half, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7})
  void convolutionsOfFieldFiveAreTheNaiveLoop(int side) {
    // (2, side, side, 2) → (2, ⌈side/2⌉, ⌈side/2⌉, 3), and back by the transpose
    int half = (side + 1) / 2;
    var naive = new NaiveConvolution(side, 5, 2, 3);
    float[] kernel = GradientCheck.noise(5 * 5 * 2 * 3, 5);
    Layer convolution = layers.convolution("down", 5, 2, 3);
    Layer transposed = layers.transposedConvolution("up", 5, side, 3, 2);
    Weights weights = given(List.of(kernel, kernel));
    var x = graph.input(Shape.of(2, side, side, 2), GradientCheck.noise(8 * side * side / 2, 6));
    var z = graph.input(Shape.of(2, half, half, 3), GradientCheck.noise(6 * half * half, 7));
    var down = convolution.evaluate(graph.tf(), weights, x, Pass.training());
    var up = transposed.evaluate(graph.tf(), weights, z, Pass.training());
    assertEquals(Shape.of(2, half, half, 3), down.shape());
    assertEquals(Shape.of(2, side, side, 2), up.shape());
    assertArrayEquals(naive.forward(graph.values(x), kernel), graph.floats(down), 1e-4f);
    assertArrayEquals(naive.transposed(graph.values(z), kernel), graph.floats(up), 1e-4f);
  }

  @Test
  void maxoutHasTheGradientsOfCentralDifferences() {
    checkGradients(layers.maxout("units", 3, 2, 5, false), Shape.of(2, 3));
  }

  @Test
  void maxoutIsTheLargestPieceOfEachUnit() {
    // one input 2; two units of two pieces: (2·1 + 0, 2·(−1) + 5), (2·3 + 0, 2·2 + 1)
    Layer maxout = layers.maxout("units", 1, 2, 2, false);
    Weights weights = given(List.of(new float[] {1, -1, 3, 2}, new float[] {0, 5, 0, 1}));
    var x = graph.input(Shape.of(1, 1), 2);
    var y = maxout.evaluate(graph.tf(), weights, x, Pass.training());
    assertEquals(Shape.of(1, 2), y.shape());
    assertArrayEquals(new float[] {3, 6}, graph.floats(y));
  }

  @Test
  void biasHasTheGradientsOfCentralDifferences() {
    checkGradients(layers.bias("bias", 3), Shape.of(2, 2, 2, 3));
  }

  @Test
  void leakyReluHasTheGradientsOfCentralDifferencesOffItsKink() {
    var x = graph.input(Shape.of(1, 6), -3, -1, -0.5f, 0.5f, 1, 3);
    var y = Layers.leakyRelu().evaluate(graph.tf(), given(List.of()), x, Pass.training());
    GradientCheck.check(graph, y, List.of(x));
    assertArrayEquals(new float[] {-0.6f, -0.2f, -0.1f, 0.5f, 1, 3}, graph.floats(y), 1e-7f);
  }

  @Test
  void reluAndTanhHaveTheGradientsOfCentralDifferences() {
    var x = graph.input(Shape.of(1, 6), -3, -1, -0.5f, 0.5f, 1, 3);
    for (Layer layer : List.of(Layers.relu(), Layers.tanh())) {
      var y = layer.evaluate(graph.tf(), given(List.of()), x, Pass.training());
      GradientCheck.check(graph, y, List.of(x));
    }
  }

  /** A carrier for each rectifier of images in training, none elsewhere: see Rectified. */
  @Test
  void aRectifierBehindABatchNormalizationJoinsItInTraining() {
    Layer net =
        layers
            .filter("same", 3, 2, 4)
            .then(layers.batchNormalization("same/norm", 4))
            .then(Layers.relu())
            .then(Layers.leakyRelu());
    Weights weights = Weights.read(graph.tf(), layers.variables());
    var x = graph.input(Shape.of(2, 4, 4, 2), GradientCheck.noise(64, 1));
    var inference = net.evaluate(graph.tf(), weights, x, Pass.inference());
    assertEquals(0, graph.carriers("rectified"));
    var training = net.evaluate(graph.tf(), weights, x, Pass.training());
    assertEquals(2, graph.carriers("rectified"));
    assertEquals(inference.shape(), training.shape());
    Layer points = layers.dense("dense", 3, 4, true).then(Layers.leakyRelu());
    Weights all = Weights.read(graph.tf(), layers.variables());
    var y = graph.input(Shape.of(2, 3), GradientCheck.noise(6, 2));
    assertEquals(Shape.of(2, 4), points.evaluate(graph.tf(), all, y, Pass.training()).shape());
    assertEquals(2, graph.carriers("rectified"));
    assertEquals(1, reading("FusedBatchNormV3", "Relu"));
  }

  /** Its output would be positive below 0, so the gradient could not be read from the output. */
  @ParameterizedTest
  @ValueSource(floats = {-0.1f, Float.NaN, Float.POSITIVE_INFINITY})
  void aSlopeBelowZeroIsRefused(float leak) {
    var e = assertThrows(NetException.class, () -> Layers.leakyRelu(leak));
    assertTrue(e.getMessage().contains("found " + leak), e.getMessage());
  }

  /** Whether compositions in either order are the same network. */
  @Test
  void layersComposeInAnyGrouping() {
    Layer filter = layers.filter("same", 3, 2, 4);
    Layer norm = layers.batchNormalization("same/norm", 4);
    Layer first = filter.then(norm).then(Layers.relu()).then(Layers.tanh());
    Layer second = filter.then(norm.then(Layers.relu().then(Layers.tanh())));
    graph.initialize();
    Weights weights = Weights.read(graph.tf(), layers.variables());
    var x = graph.input(Shape.of(2, 4, 4, 2), GradientCheck.noise(64, 1));
    assertArrayEquals(
        graph.floats(first.evaluate(graph.tf(), weights, x, Pass.training())),
        graph.floats(second.evaluate(graph.tf(), weights, x, Pass.training())));
  }

  /** The number of ops of one type whose input is the training form of another type. */
  private int reading(String read, String type) {
    int found = 0;
    for (var ops = graph.operations(); ops.hasNext(); ) {
      var op = ops.next();
      boolean reads = op.type().equals(type) && op.input(0).op().type().equals(read);
      found +=
          reads && ((GraphOperation) op.input(0).op()).attributes().getAttrBool("is_training")
              ? 1
              : 0;
    }
    return found;
  }

  @Test
  void reshapeKeepsRowMajorOrder() {
    var x = graph.input(Shape.of(2, 6), GradientCheck.noise(12, 1));
    Layer reshape = Layers.reshape(Shape.of(3, 2));
    var y = reshape.evaluate(graph.tf(), given(List.of()), x, Pass.training());
    assertEquals(Shape.of(2, 3, 2), y.shape());
    assertArrayEquals(graph.values(x), graph.floats(y));
  }

  private void checkGradients(Layer layer, Shape shape) {
    checkGradients(layers, layer, shape);
  }

  /** Every weight and the input as inputs, all standard normal. */
  private void checkGradients(Layers made, Layer layer, Shape shape) {
    List<float[]> values = new ArrayList<>();
    for (Variable<TFloat32> variable : made.variables()) {
      values.add(GradientCheck.noise(size(variable.shape()), values.size()));
    }
    inputs.add(graph.input(shape, GradientCheck.noise(size(shape), 99)));
    Weights weights = given(made, values);
    Operand<TFloat32> y = layer.evaluate(graph.tf(), weights, inputs.get(0), Pass.training());
    GradientCheck.check(graph, y, inputs);
  }

  private static int size(Shape shape) {
    return Math.toIntExact(shape.size());
  }

  /** Inputs in place of the layers' variables, in their order. */
  private Weights given(List<float[]> values) {
    return given(layers, values);
  }

  private Weights given(Layers made, List<float[]> values) {
    Map<Variable<TFloat32>, Operand<TFloat32>> weights = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      Variable<TFloat32> variable = made.variables().get(i);
      inputs.add(graph.input(variable.shape(), values.get(i)));
      weights.put(variable, inputs.get(inputs.size() - 1));
    }
    return Weights.of(weights);
  }
}
