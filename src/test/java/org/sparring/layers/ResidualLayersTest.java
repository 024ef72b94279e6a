package org.sparring.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.graph.Fans;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Initializer;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** What residual networks are made of, each against a naive loop and central differences. */
class ResidualLayersTest {
  private final ScratchGraph graph = new ScratchGraph();
  private final Layers layers =
      new Layers(graph.variables(), Owner.GENERATOR, Initializer.normal(1));
  private final List<Placeholder<TFloat32>> inputs = new ArrayList<>();

  @AfterEach
  void close() {
    graph.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 2, 3", "3, 1, 2, 3", "3, 2, 4, 6", "3, 4, 4, 4"})
  void filtersInGroupsAreTheNaiveLoop(int field, int groups, int in, int out) {
    Layer filter = layers.groupedFilter("filter", field, in, out, groups);
    float[] kernel = GradientCheck.noise(field * field * in / groups * out, 5);
    float[] image = GradientCheck.noise(2 * 4 * 4 * in, 6);
    var x = graph.input(Shape.of(2, 4, 4, in), image);
    var y = filter.evaluate(graph.tf(), given(List.of(kernel)), x, Pass.training());
    assertEquals(Shape.of(2, 4, 4, out), y.shape());
    assertArrayEquals(naive(image, kernel, field, groups, in, out), graph.floats(y), 1e-4f);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void filtersHaveTheGradientsOfCentralDifferences(int groups) {
    checkGradients(layers.groupedFilter("filter", 3, 4, 2, groups), Shape.of(2, 3, 3, 4));
  }

  @Test
  void scalesAreBroadcastAndHaveTheGradientsOfCentralDifferences() {
    Layer scale = layers.scale("basis", Shape.of(2, 2, 3), new Fans(1, 1));
    checkGradients(scale, Shape.of(2, 1, 1, 3));
  }

  @Test
  void residualsAddBothWays() {
    Layer branch = layers.filter("branch", 3, 2, 2);
    checkGradients(new Residual(branch, layers.bias("shortcut", 2)), Shape.of(1, 3, 3, 2));
  }

  @Test
  void halvingIsTheMeanOfEachBlock() {
    var x = graph.input(Shape.of(1, 2, 4, 1), 1, 2, 3, 4, 5, 6, 7, 12);
    var y = Resampling.halved().evaluate(graph.tf(), given(List.of()), x, Pass.training());
    assertEquals(Shape.of(1, 1, 2, 1), y.shape());
    assertArrayEquals(new float[] {3.5f, 6.5f}, graph.floats(y));
    GradientCheck.check(graph, y, List.of(x));
  }

  @Test
  void repetitionShowsEachPlaceFourTimes() {
    var x = graph.input(Shape.of(1, 2, 2, 1), 1, 2, 3, 4);
    var y = Resampling.repeated(4).evaluate(graph.tf(), given(List.of()), x, Pass.training());
    assertArrayEquals(
        new float[] {1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4}, graph.floats(y));
    GradientCheck.check(graph, y, List.of(x));
  }

  @Test
  void interpolationTakesThreeQuartersOfTheNearest() {
    // one row of 0 and 4, twice as wide: 0, 1, 3, 4
    var x = graph.input(Shape.of(1, 2, 2, 1), 0, 4, 0, 4);
    var y = Resampling.interpolated(4).evaluate(graph.tf(), given(List.of()), x, Pass.training());
    float[] row = {0, 1, 3, 4};
    for (int i = 0; i < 16; i++) {
      assertEquals(row[i % 4], graph.floats(y)[i], 1e-6);
    }
    GradientCheck.check(graph, y, List.of(x));
  }

  @Test
  void sumsAreOverAllPlaces() {
    var x = graph.input(Shape.of(2, 1, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
    var y = Resampling.summed().evaluate(graph.tf(), given(List.of()), x, Pass.training());
    assertArrayEquals(new float[] {4, 6, 12, 14}, graph.floats(y));
    GradientCheck.check(graph, y, List.of(x));
  }

  @Test
  void kernelsOfTheSameNetworkUseTheirInitializers() {
    layers.starting(Initializer.constant(0)).filter("zero", 1, 2, 2);
    layers.filter("normal", 1, 2, 2);
    assertEquals(2, layers.variables().size());
    graph.initialize();
    var zero = graph.floats(layers.variables().get(0).read(graph.tf()));
    assertArrayEquals(new float[4], zero);
  }

  /** Output group g of a place is the products of input group g around it, zero outside. */
  private static float[] naive(float[] x, float[] kernel, int field, int groups, int in, int out) {
    int side = 4;
    int each = in / groups;
    float[] y = new float[2 * side * side * out];
    for (int i = 0; i < y.length; i++) {
      int o = i % out;
      int first = o / (out / groups) * each;
      for (int tap = 0; tap < field * field; tap++) {
        int row = i / (out * side) % side + tap / field - field / 2;
        int column = i / out % side + tap % field - field / 2;
        if (row < 0 || row >= side || column < 0 || column >= side) {
          continue;
        }
        int image = i / (out * side * side);
        for (int k = 0; k < each; k++) {
          int from = ((image * side + row) * side + column) * in + first + k;
          y[i] += x[from] * kernel[(tap * each + k) * out + o];
        }
      }
    }
    return y;
  }

  /** Every weight and the input as inputs, all standard normal. */
  private void checkGradients(Layer layer, Shape shape) {
    List<float[]> values = new ArrayList<>();
    for (Variable<TFloat32> variable : layers.variables()) {
      values.add(GradientCheck.noise((int) variable.shape().size(), values.size()));
    }
    inputs.add(graph.input(shape, GradientCheck.noise((int) shape.size(), 99)));
    Weights weights = given(values);
    GradientCheck.check(
        graph, layer.evaluate(graph.tf(), weights, inputs.get(0), Pass.training()), inputs);
  }

  /** Inputs in place of the layers' variables, in their order. */
  private Weights given(List<float[]> values) {
    Map<Variable<TFloat32>, Operand<TFloat32>> weights = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      Variable<TFloat32> variable = layers.variables().get(i);
      inputs.add(graph.input(variable.shape(), values.get(i)));
      weights.put(variable, inputs.get(inputs.size() - 1));
    }
    return Weights.of(weights);
  }
}
