package org.sparring.regularizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparring.graph.Agreement.assertEachAgrees;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparring.graph.GradientCheck;
import org.sparring.graph.Gradients;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.Variable;
import org.sparring.graph.Weights;
import org.sparring.layers.Normalization;
import org.sparring.layers.Pass;
import org.sparring.natives.SessionOptions;
import org.sparring.natives.TensorFloat32;
import org.sparring.natives.TestDevice;
import org.sparring.nets.Architecture;
import org.sparring.nets.Dcgan;
import org.sparring.nets.Discriminator;
import org.sparring.nets.DiscriminatorForm;
import org.sparring.replicas.RandomRows;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** R1 and its gradient by each weight, a derivative of second order, by CPU and by GPU. */
@Tag("gpu")
class GpuPenaltyTest {
  private static final int BATCH = 8;
  private static final Architecture PAIR =
      new Dcgan(16, 3, 4, 3, new DiscriminatorForm(4, Normalization.NONE, 1));

  /** The penalty, and its gradients by the names of their variables. */
  private record Penalized(double value, List<String> names, List<float[]> gradients) {}

  @AfterEach
  void leaveTheSwitchAsTensorFlowHasIt() {
    TensorFloat32.allow(true);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theGpuAgreesInSecondOrder(boolean tensorFloat32) {
    TensorFloat32.allow(tensorFloat32);
    double tolerance = tensorFloat32 ? 0.1 : 5e-3;
    Penalized cpu = penalized(SessionOptions.CPU);
    Penalized gpu = penalized(TestDevice.session());
    assertEquals(cpu.value, gpu.value, tolerance * cpu.value);
    assertEachAgrees(cpu.names, cpu.gradients, gpu.gradients, tolerance);
  }

  private static Penalized penalized(SessionOptions options) {
    try (ScratchGraph graph = new ScratchGraph(1, options)) {
      Ops tf = graph.tf();
      Discriminator d = PAIR.discriminator(graph.variables());
      Weights weights = Weights.read(tf, d.variables());
      Operand<TFloat32> reals =
          graph.input(Shape.of(BATCH, 16, 16, 3), GradientCheck.noise(BATCH * 16 * 16 * 3, 4));
      Critic critic = (ops, x) -> d.judge(ops, weights, x, Pass.training());
      Operand<TFloat32> penalty =
          new R1(10)
              .of(tf, critic, reals, reals, RandomRows.single(tf.constant(new long[] {1, 2})));
      List<Variable<TFloat32>> variables = graph.variables().trainable(Owner.DISCRIMINATOR);
      List<Operand<TFloat32>> asked = new ArrayList<>(List.of(penalty));
      // a bias has none
      asked.addAll(Gradients.whereDependent(tf, penalty, weights.get(variables)));
      graph.initialize();
      List<float[]> values = graph.floats(asked);
      return new Penalized(
          values.get(0)[0],
          variables.stream().map(Variable::name).toList(),
          values.subList(1, values.size()));
    }
  }
}
