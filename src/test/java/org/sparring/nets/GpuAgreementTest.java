package org.sparring.nets;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparring.graph.Agreement.assertEachAgrees;
import static org.sparring.graph.Agreement.distance;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.graph.Owner;
import org.sparring.graph.ScratchGraph;
import org.sparring.layers.Bfloat16;
import org.sparring.layers.Pass;
import org.sparring.natives.SessionOptions;
import org.sparring.natives.TensorFloat32;
import org.sparring.natives.TestDevice;

/**
 * Every layer of every pair, forward and each variable's gradient, by CPU and by GPU.
 *
 * <p>Gradients are farther apart than values: a rounding of ε puts a share ε of the units on the
 * other side of their kinks, and the gradient moves by √ε. On the CPU a variable's gradient in
 * bfloat16 is up to .17 from that in float32 (of Dcgan5, the deepest generator); of that come .06
 * for TF32, .001 for float32, and .24 for two devices that both round to bfloat16.
 */
@Tag("gpu")
class GpuAgreementTest {
  private static final int BATCH = 8;

  /** What was played on a device. */
  private record Played(
      List<String> ofGenerator, List<String> ofDiscriminator, PlayedPair.Results results) {}

  static Stream<Architecture> pairs() {
    return MixedPrecisionTest.pairs();
  }

  @AfterEach
  void leaveTheSwitchAsTensorFlowHasIt() {
    TensorFloat32.allow(true);
  }

  /** Sums of some thousand numbers in another order. */
  @ParameterizedTest
  @MethodSource("pairs")
  void theGpuAgreesInFloat32(Architecture pair) {
    TensorFloat32.allow(false);
    assertAgree(pair, 1e-3, 5e-3);
  }

  /** TF32 rounds factors to 11 bits, a few dozen times in a row. */
  @ParameterizedTest
  @MethodSource("pairs")
  void theGpuAgreesInTensorFloat32(Architecture pair) {
    TensorFloat32.allow(true);
    assertAgree(pair, 0.02, 0.1);
  }

  /** bfloat16 rounds to 8 bits: the CPU does too, at other places. */
  @ParameterizedTest
  @MethodSource("pairs")
  void theGpuAgreesInMixedPrecision(Architecture pair) {
    assertAgree(ComputedPair.mixed(pair, Bfloat16.NATIVE), 0.1, 0.35);
  }

  private static void assertAgree(Architecture pair, double ofValues, double ofGradients) {
    Played cpu = played(pair, SessionOptions.CPU);
    Played gpu = played(pair, TestDevice.session());
    assertClose("images", cpu.results.images(), gpu.results.images(), ofValues);
    assertClose("logits", cpu.results.logits(), gpu.results.logits(), ofValues);
    assertEachAgrees(
        cpu.ofGenerator, cpu.results.generator(), gpu.results.generator(), ofGradients);
    assertEachAgrees(
        cpu.ofDiscriminator, cpu.results.discriminator(), gpu.results.discriminator(), ofGradients);
  }

  private static void assertClose(String what, float[] cpu, float[] gpu, double tolerance) {
    double distance = distance(cpu, gpu);
    assertTrue(distance < tolerance, what + " are " + distance + " apart");
  }

  private static Played played(Architecture pair, SessionOptions options) {
    try (ScratchGraph graph = new ScratchGraph(1, options)) {
      PlayedPair played = new PlayedPair(graph, pair, BATCH, Pass.training());
      graph.initialize();
      return new Played(
          played.names(Owner.GENERATOR), played.names(Owner.DISCRIMINATOR), played.results());
    }
  }
}
