package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.cli.Console.Result;
import org.sparring.console.ExitCode;
import org.sparring.recipes.TinyRecipe;

/**
 * Every mistake on a command line or in a recipe has its exit code and a message of at most three
 * lines without a stack trace.
 */
class MistakesTest {
  @TempDir private static Path runs;
  private static String run;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    run = runs.resolve("run").toString();
    TinyTraining.twoSteps(run);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trian                       | Did you mean train?",
        "train --step 3              | Did you mean --steps?",
        "train --steps many          | Invalid value for option '--steps'",
        "train --steps               | Missing required parameter for option '--steps'",
        "train one two               | Unmatched argument at index 2: 'two'",
        "sample                      | Missing required parameter: 'MODEL'",
        "sample R --n many           | Invalid value for option '--n'",
        "interpolate R --from 1      | Missing required option: '--to=S2'",
        "inspect                     | Missing required parameter: 'PATH'",
        "export                      | Missing required parameter: 'RUN'",
        "doctor now                  | Unmatched argument at index 1: 'now'",
        "data                        | Try: ./sparring data fetch mnist --to data/mnist",
        "data fetch mnist            | Missing required option: '--to=DIR'",
        "data fetch minst --to D     | did you mean 'mnist'?",
        "train dcgan-glyps           | did you mean 'dcgan-glyphs'?",
        "train --set batch           | --set: expected key=value, found 'batch'",
        "train --set bach=3          | --set bach: unknown key 'bach'; did you mean 'batch'?",
        "train --set batch=many      | --set batch: expected a whole number, found \"many\"",
        "train --set net.kind=dcgen  | did you mean 'dcgan'?",
        "train --steps 0             | steps: expected at least 1, found 0",
        "train --set data.side=17 --set data.source=folder:docs/decisions | found",
        "train --set optimizer.beta1=1 | optimizer.beta1: expected at least 0 and below 1"
      })
  void aWrongCommandLineIsRefusedWithAValidOne(String line, String part) {
    int code = line.contains("folder:") ? ExitCode.DATA : ExitCode.USAGE;
    String message = Console.run(line.split(" +", -1)).refusal(code);
    assertTrue(message.contains(part), message);
  }

  @Test
  void aRecipeThatIsNoYamlIsRefusedWithTheLine() throws IOException {
    Path file = Files.writeString(folder.resolve("own.yaml"), "batch: 8\nsteps: [1\nseed: 2\n");
    String message = TinyTraining.in(folder, "train", file.toString()).refusal(ExitCode.USAGE);
    assertTrue(message.contains("own.yaml: not YAML: "), message);
    assertTrue(message.contains("(line 3)"), message);
  }

  @Test
  void aSideThatNoDcganHasIsRefusedWithTheValidSides() {
    Result result = TinyTraining.in(folder, "train", "--set", "data.side=19");
    String message = result.refusal(ExitCode.USAGE);
    assertTrue(message.contains("(28, 32, 48, 64, 128, …), found 19"), message);
    assertFalse(Files.exists(folder.resolve("run")), "no run is begun");
  }

  @Test
  void aFolderThatHoldsARunIsNotTrainedOver() {
    String message = Console.run("train", "--run", run).refusal(ExitCode.USAGE);
    assertTrue(message.contains("Add --resume to resume it"), message);
  }

  @Test
  void aRunFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Result result =
        Console.run(TinyRecipe.options(), "train", "--run", file.resolve("run").toString());
    assertTrue(result.refusal(ExitCode.USAGE).contains(file.toString()), result.err());
  }

  @Test
  void aRunThatDivergesNamesPlayerTermAndStep() {
    Result result = TinyTraining.in(folder, "train", "--set", "optimizer.learning_rate=1e30");
    String message = result.refusal(ExitCode.DIVERGED);
    assertTrue(
        message.matches(
            "sparring: diverged: (generator|discriminator)'s .* at step \\d+\n.*learning_rate.*\n"),
        message);
  }

  @ParameterizedTest
  @CsvSource({
    "sample RUN --n 0, --n: expected at least 1; found 0",
    "sample RUN --n -3, --n: expected at least 1; found -3",
    "sample RUN --truncation -0.5, --truncation: expected at least 0; found -0.5",
    "sample RUN --n 2000000000, --n: expected at most MOST; which one picture holds; found"
        + " 2000000000",
    "interpolate RUN --from 1 --to 2 --frames 9999999, --frames: expected at most FRAMES; which one"
        + " picture holds; found 9999999",
    "interpolate RUN --from 1 --to 2 --frames 1, --frames: expected at least 2; found 1"
  })
  void aNumberOutOfRangeIsRefusedWithItsRange(String line, String message) {
    String[] command = line.replace("RUN", run).split(" ", -1);
    assertEquals(
        List.of(
            "sparring " + command[0] + ": " + withLimits(message).replace(';', ','),
            "Try `sparring " + command[0] + " --help`."),
        Console.run(command).refusal(ExitCode.USAGE).lines().toList());
  }

  /** Also where nothing is at the model's place: it is not looked for. */
  @ParameterizedTest
  @CsvSource({
    "sample RUN",
    "interpolate RUN --from 1 --to 2",
    "plot RUN",
    "support RUN --trials 1 --largest 2 --data glyphs:64"
  })
  void aPictureOfAnotherFormatThanPngIsRefused(String line) throws IOException {
    for (String name : List.of("x.jpg", "x.png.jpeg")) {
      Path out = folder.resolve(name);
      for (String model : List.of(run, folder.resolve("none").toString())) {
        String[] command = (line.replace("RUN", model) + " --out " + out).split(" ", -1);
        String message = Console.run(command).refusal(ExitCode.USAGE);
        assertTrue(
            message.contains(
                "--out: expected a name that ends in .png, the format that is written, found "
                    + name),
            message);
      }
      assertFalse(Files.exists(out));
    }
  }

  /** 496 images of 16 x 16, enlarged to 64, fit in 32767 pixels. */
  private static String withLimits(String message) {
    int side = 32767 / 66;
    return message.replace("MOST", "" + side * side).replace("FRAMES", "" + 16 * side);
  }

  @Test
  void aNetworkThatNoMachineHoldsIsRefusedBeforeARunIsBegun() {
    String message =
        TinyTraining.in(folder, "train", "--set", "net.width=100000").refusal(ExitCode.USAGE);
    assertTrue(message.contains("net.width: expected at most 4096, found 100000"), message);
    assertFalse(Files.exists(folder.resolve("run")), "no run is begun");
  }

  @Test
  void exportNeedsARun() {
    String message = Console.run("export", folder.toString()).refusal(ExitCode.USAGE);
    assertTrue(message.contains("expected a run folder with a recipe.yaml"), message);
  }
}
