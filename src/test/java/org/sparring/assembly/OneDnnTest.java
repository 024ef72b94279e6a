package org.sparring.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.recipes.Recipe;
import org.sparring.recipes.RecipeReader;
import org.sparring.runfolders.RunFolder;
import org.sparring.runs.Experiment;

/** oneDNN is a switch of the process, so what it does is looked at in processes of their own. */
class OneDnnTest {

  @ParameterizedTest
  @CsvSource({
    "dcgan, 32, 64, 64, auto, true",
    "dcgan, 8, 4, 8, auto, false",
    // 16 · 16² · 16² is a million, 31 · 16² · 16² just over two
    "resnet, 16, 16, 16, auto, false",
    "dcgan, 16, 16, 31, auto, true",
    "mlp, 8, 4, 8, auto, true",
    "dcgan, 32, 64, 64, off, false",
    "dcgan, 8, 4, 8, on, true",
    // as large as the files are
    "dcgan, 0, 4, 8, auto, true"
  })
  void smallConvolutionsDoWithoutIt(
      String kind, String side, String width, String batch, String onednn, boolean used) {
    Recipe recipe =
        new RecipeReader()
            .set("net.kind", kind)
            .set("data.side", side)
            .set("net.width", width)
            .set("batch", batch)
            .set("device.onednn", onednn)
            .recipe();
    assertEquals(used, new Hardware(recipe).isByOneDnn());
  }

  @Test
  void bfloat16IsNotLeftToTensorFlowsOwnKernels() {
    RecipeReader reader =
        new RecipeReader().set("data.side", "8").set("net.width", "4").set("batch", "8");
    assertFalse(new Hardware(reader.recipe()).isByOneDnn());
    reader.set("device.precision", "mixed_bfloat16");
    assertTrue(new Hardware(reader.recipe()).isByOneDnn());
  }

  @Test
  void theSwitchReachesTensorFlowAndTheUsersOwnWins() throws Exception {
    String on = fingerprint("on", 1, null);
    String off = fingerprint("off", 1, null);
    assertNotEquals(on, off);
    assertEquals(off, fingerprint("auto", 1, null));
    assertEquals(on, fingerprint("off", 1, "1"));
  }

  @Test
  void withoutItTooStepsMadeAtOnceAreTheVerySteps() throws Exception {
    assertEquals(fingerprint("off", 1, null), fingerprint("off", 16, null));
  }

  private static String fingerprint(String onednn, int stepsPerRun, String variable)
      throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Tiny.class.getName(),
                onednn,
                String.valueOf(stepsPerRun)));
    builder.environment().remove("TF_ENABLE_ONEDNN_OPTS");
    builder.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
    if (variable != null) {
      builder.environment().put("TF_ENABLE_ONEDNN_OPTS", variable);
    }
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String told = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    assertEquals(0, process.waitFor());
    return told;
  }

  /** Trains a tiny pair for some steps and prints the fingerprint of its weights. */
  static final class Tiny {
    private Tiny() {}

    public static void main(String[] args) throws IOException {
      Path folder = Files.createTempDirectory("onednn");
      Recipe recipe =
          new RecipeReader()
              .set("data.side", "8")
              .set("net.width", "4")
              .set("batch", "8")
              .set("steps", "40")
              .set("meters.steps", "0")
              .set("checkpoint.minutes", "0")
              .set("device.steps_per_run", args[1])
              .set("device.onednn", args[0])
              .recipe();
      RunFolder run = new RunFolder(folder.resolve("run"));
      System.out.println(new Experiment(recipe, run).train(() -> false).weightsSha256());
      FileUtils.deleteDirectory(folder.toFile());
    }
  }
}
