package org.sparring.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.sparring.errors.GraphException;
import org.sparring.natives.SessionOptions;
import org.tensorflow.ndarray.Shape;

/** The small records of this room: what they compute, and what they say to what they refuse. */
class GraphRefusalsTest {
  @Test
  void fansCountTheReceptiveField() {
    assertEquals(new Fans(48, 1024), Fans.of(Shape.of(4, 4, 3, 64)));
    assertEquals(new Fans(1024, 48), Fans.transposed(Shape.of(4, 4, 3, 64)));
    assertEquals(new Fans(100, 8192), Fans.of(Shape.of(100, 8192)));
  }

  @Test
  void fansRefuseAVectorAndAnEmptyKernel() {
    assertRefused("fans need a kernel of rank 2 or more, found [7]", () -> Fans.of(Shape.of(7)));
    assertRefused("fans must be at least 1, found in=0, out=3", () -> new Fans(0, 3));
    assertRefused("fans must be at least 1, found in=3, out=-1", () -> new Fans(3, -1));
  }

  @Test
  void sessionOptionsRefuseWhatTheyCannotMean() {
    assertRefused(
        "intra-op threads must be 0 to 1024, found -1",
        () -> new SessionOptions(-1, 0, "cpu", true));
    assertRefused(
        "inter-op threads must be 0 to 1024, found -2",
        () -> new SessionOptions(0, -2, "cpu", true));
    for (String device : List.of("gpu", "gpu:", "gpu:x", "CPU", "")) {
      assertRefused(
          "device must be auto, cpu or gpu:N, found '" + device + "'",
          () -> new SessionOptions(0, 0, device, true));
    }
  }

  @Test
  void sessionOptionsBecomeTheConfigurationTheyName() {
    var config = new SessionOptions(3, 2, "gpu:1", false).config();
    assertEquals(3, config.getIntraOpParallelismThreads());
    assertEquals(2, config.getInterOpParallelismThreads());
    assertEquals("1", config.getGpuOptions().getVisibleDeviceList());
    assertEquals(false, config.getGpuOptions().getAllowGrowth());
    assertEquals(0, SessionOptions.CPU.config().getDeviceCountOrThrow("GPU"));
  }

  @Test
  void neighbouringSeedsAndPurposesGiveKeysWithoutOneMeeting() {
    Set<Long> keys = new HashSet<>();
    for (long seed = -50; seed < 50; seed++) {
      for (int purpose = 0; purpose < 50; purpose++) {
        keys.add(new Seeds(seed).keyed("purpose" + purpose));
      }
    }
    assertEquals(5000, keys.size());
    assertEquals(new Seeds(3).keyed("noise"), new Seeds(3).keyed("noise"));
  }

  @Test
  void countedKeysDifferFromDrawToDraw() {
    try (ScratchGraph graph = new ScratchGraph()) {
      Seeds seeds = new Seeds(5);
      var tf = graph.tf();
      long[] third = graph.longs(seeds.counted(tf, "noise", tf.constant(3L)));
      long[] once = graph.longs(seeds.once(tf, "noise"));
      assertEquals(List.of(seeds.keyed("noise"), 3L), List.of(third[0], third[1]));
      assertNotEquals(third[1], once[1]);
    }
  }

  private static void assertRefused(String message, Executable action) {
    assertEquals(message, assertThrows(GraphException.class, action).getMessage());
  }
}
