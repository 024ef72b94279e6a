package org.sparring.nets;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparring.graph.ScratchGraph;
import org.sparring.graph.SessionOptions;
import org.sparring.graph.TensorFloat32;
import org.sparring.graph.TestDevice;

/** Every layer of every pair, forward and both players' gradients, by CPU and by GPU. */
@Tag("gpu")
class GpuAgreementTest {
  private static final int BATCH = 8;
  private static final List<String> NAMES =
      List.of("images", "logits", "generator's gradients", "discriminator's gradients");

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
    assertAgree(pair, 1e-3);
  }

  /** TF32 rounds factors to 11 bits, a few dozen times in a row. */
  @ParameterizedTest
  @MethodSource("pairs")
  void theGpuAgreesInTensorFloat32(Architecture pair) {
    assertAgree(pair, 0.02);
  }

  /** bfloat16 rounds to 8 bits: the CPU does too, at other places. */
  @ParameterizedTest
  @MethodSource("pairs")
  void theGpuAgreesInMixedPrecision(Architecture pair) {
    assertAgree(new MixedPrecision(pair), 0.1);
  }

  private static void assertAgree(Architecture pair, double tolerance) {
    SessionOptions gpu = TestDevice.session();
    List<float[]> expected = told(pair, SessionOptions.CPU);
    List<float[]> found = told(pair, gpu);
    for (int i = 0; i < NAMES.size(); i++) {
      double distance = PlayedPair.distance(expected.get(i), found.get(i));
      assertTrue(distance < tolerance, NAMES.get(i) + " are " + distance + " apart");
    }
  }

  private static List<float[]> told(Architecture pair, SessionOptions options) {
    try (ScratchGraph graph = new ScratchGraph(1, options)) {
      PlayedPair played = new PlayedPair(graph, pair, BATCH, Pass.training());
      graph.initialize();
      return graph.floats(played.told());
    }
  }
}
