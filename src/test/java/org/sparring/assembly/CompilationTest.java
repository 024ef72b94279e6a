package org.sparring.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sparring.data.GlyphSource;
import org.sparring.errors.RecipeException;
import org.sparring.natives.SessionOptions;
import org.sparring.recipes.DeviceKeys.XlaSwitch;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.training.TrainingGraph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.proto.OptimizerOptions.GlobalJitLevel;
import org.tensorflow.types.TFloat32;

class CompilationTest {
  /** More than the first runs of a cluster, which XLA leaves to TensorFlow. */
  private static final int STEPS = 6;

  @Test
  void aRecipeThatSaysNothingIsNotCompiled() {
    var config = new Assembly(Recipe.DEFAULT).session().config();
    assertEquals(
        GlobalJitLevel.DEFAULT, config.getGraphOptions().getOptimizerOptions().getGlobalJitLevel());
  }

  @Test
  void onIsClustersOnEitherDevice() {
    var options = Compilation.of(XlaSwitch.ON, SessionOptions.CPU).config();
    var optimizer = options.getGraphOptions().getOptimizerOptions();
    assertEquals(GlobalJitLevel.ON_1, optimizer.getGlobalJitLevel());
    assertTrue(optimizer.getCpuGlobalJit());
  }

  @Test
  void autoNeedsAGpuAndItsToolkitAndSaysInOneLineWhatIsMissing() {
    assertEquals(Optional.empty(), Compilation.obstacle(XlaSwitch.AUTO, true, true));
    for (boolean gpu : new boolean[] {true, false}) {
      String line = Compilation.obstacle(XlaSwitch.AUTO, gpu, false).orElseThrow();
      assertTrue(line.contains(gpu ? "libdevice and ptxas" : "CPU"), line);
      assertFalse(line.contains("\n"), line);
    }
  }

  @Test
  void onWithoutAToolkitIsRefusedOnAGpuAlone() {
    assertEquals(Optional.empty(), Compilation.obstacle(XlaSwitch.ON, false, false));
    assertEquals(Optional.empty(), Compilation.obstacle(XlaSwitch.ON, true, true));
    var e =
        assertThrows(RecipeException.class, () -> Compilation.obstacle(XlaSwitch.ON, true, false));
    assertTrue(e.getMessage().contains("CUDA_HOME"), e.getMessage());
  }

  @Test
  void autoOnTheCpuIsNotCompiled() {
    assertEquals(SessionOptions.CPU, Compilation.of(XlaSwitch.AUTO, SessionOptions.CPU));
  }

  /** XLA sums in another order: close, and where it compiled at all not the same. */
  @Test
  void compiledStepsAreCloseToPlainOnes() {
    float[] plain = meters(XlaSwitch.OFF);
    float[] compiled = meters(XlaSwitch.ON);
    assertEquals(plain.length, compiled.length);
    boolean same = true;
    for (int i = 0; i < plain.length; i++) {
      assertEquals(plain[i], compiled[i], 2e-3 * Math.max(1, Math.abs(plain[i])), "meter " + i);
      same &= plain[i] == compiled[i];
    }
    assertNotEquals(true, same, "every bit is the same: nothing was compiled");
  }

  private static float[] meters(XlaSwitch jit) {
    Assembly assembly =
        new Assembly(
            new RecipeReader()
                .set("data.side", "8")
                .set("net.width", "4")
                .set("batch", "8")
                .set("device.kind", "cpu")
                .set("device.jit", jit.label())
                .recipe());
    TrainingGraph training = assembly.graph(new GlyphSource(64, 8, 1, 1));
    try (Session session = new Session(training.graph(), assembly.session().config())) {
      session.run(training.initialization());
      training.samples().load(session);
      float[] meters = new float[0];
      for (int step = 0; step < STEPS; step++) {
        try (Result result =
            session
                .runner()
                .addTarget(training.steps().plain().done())
                .fetch(training.steps().plain().meters())
                .run()) {
          TFloat32 told = (TFloat32) result.get(0);
          meters = new float[(int) told.size()];
          told.asRawTensor().data().asFloats().read(meters);
        }
      }
      return meters;
    } finally {
      training.graph().close();
    }
  }
}
