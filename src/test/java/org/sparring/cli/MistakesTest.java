package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.cli.Console.Result;
import org.sparring.console.ExitCode;
import org.sparring.recipes.TinyRecipe;

/** Every mistake has its exit code and a message of at most three lines without a stack trace. */
class MistakesTest {
  @TempDir private static Path runs;
  private static String run;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    run = runs.resolve("run").toString();
    Result result =
        Console.run(
            TinyRecipe.options("checkpoint.steps=1"), "train", "--run", run, "--steps", "2");
    assertEquals(0, result.code(), result.err());
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
  void aCommandLineThatIsWrongIsToldWhatIsRight(String line, String part) {
    int code = line.contains("folder:") ? ExitCode.DATA : ExitCode.USAGE;
    String message = Console.run(line.split(" +", -1)).refusal(code);
    assertTrue(message.contains(part), message);
  }

  @Test
  void aRecipeThatIsNoYamlIsToldWithItsLine() throws IOException {
    Path file = Files.writeString(folder.resolve("own.yaml"), "batch: 8\nsteps: [1\nseed: 2\n");
    String message = train("train", file.toString()).refusal(ExitCode.USAGE);
    assertTrue(message.contains("own.yaml: not YAML: "), message);
    assertTrue(message.contains("(line 3)"), message);
  }

  @Test
  void aSideThatNoDcganHasIsToldWhichItHas() {
    Result result = train("train", "--set", "data.side=19");
    String message = result.refusal(ExitCode.USAGE);
    assertTrue(message.contains("(28, 32, 48, 64, 128, …), found 19"), message);
    assertFalse(Files.exists(folder.resolve("run")), "no run is begun");
  }

  @Test
  void aFolderThatHoldsARunIsNotTrainedOver() {
    String message = Console.run("train", "--run", run).refusal(ExitCode.USAGE);
    assertTrue(message.contains("add --resume to go on with it"), message);
  }

  @Test
  void aRunFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    Result result = Console.run(TinyRecipe.options(), "train", "--run", file.resolve("run").toString());
    assertTrue(result.refusal(ExitCode.USAGE).contains(file.toString()), result.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "minst:D       | Did you mean mnist?",
        "mnist         | Write for example mnist:data/mnist.",
        "mnist:NONE    | ./sparring data fetch mnist --to",
        "cifar10:NONE  | ./sparring data fetch cifar10 --to",
        "folder:NONE   | NONE",
        "glyphs:many   | Write for example glyphs:20000.",
        "glyphs:0      | 1 image or more"
      })
  void dataThatIsNotThereIsToldWhatToDo(String source, String part) {
    String there = source.replace("NONE", folder.resolve("NONE").toString());
    String message = train("train", "--data", there).refusal(ExitCode.DATA);
    assertTrue(message.contains(part), message);
    assertFalse(Files.exists(folder.resolve("run")), "no run is begun");
  }

  /** Not even that a run begins, which the display says on the process's own standard error. */
  @ParameterizedTest
  @CsvSource({"mnist:NONE", "folder:NONE", "npz:NONE", "parquet:NONE", "tfrecord:NONE"})
  void nothingIsSaidOfATrainingBeforeItsDataAreOpen(String source) {
    String there = source.replace("NONE", folder.resolve("NONE").toString());
    ByteArrayOutputStream raw = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(raw, true, StandardCharsets.UTF_8));
    Result result;
    try {
      result = train("train", "--data", there);
    } finally {
      System.setErr(before);
    }
    assertEquals(ExitCode.DATA, result.code(), result.err());
    assertEquals("", raw.toString(StandardCharsets.UTF_8));
    assertTrue(result.err().startsWith("sparring: "), result.err());
    assertEquals("", result.out());
  }

  @Test
  void anArchiveThatIsCutShortIsToldWithFileAndOffset() throws IOException {
    Path images = folder.resolve("train-images-idx3-ubyte.gz");
    byte[] idx = new byte[16 + 100 * 28 * 28];
    System.arraycopy(
        new byte[] {0, 0, 8, 3, 0, 0, 0, 100, 0, 0, 0, 28, 0, 0, 0, 28}, 0, idx, 0, 16);
    for (int i = 16; i < idx.length; i++) {
      idx[i] = (byte) (i * 31 ^ i >> 3);
    }
    byte[] whole = gzip(idx);
    Files.write(images, Arrays.copyOf(whole, whole.length / 2));
    byte[] labels = new byte[8 + 100];
    System.arraycopy(new byte[] {0, 0, 8, 1, 0, 0, 0, 100}, 0, labels, 0, 8);
    Files.write(folder.resolve("train-labels-idx1-ubyte.gz"), gzip(labels));
    String message = train("train", "--data", "mnist:" + folder).refusal(ExitCode.DATA);
    assertTrue(message.contains(images.toString()), message);
    assertTrue(message.contains("expected") && message.contains("found"), message);
    assertTrue(message.matches("(?s).*\\d+.*"), message);
  }

  @Test
  void otherImagesUnderAResumedRunAreRefused() {
    String message =
        Console.run("train", "--run", run, "--resume", "--steps", "4", "--data", "glyphs:64")
            .refusal(ExitCode.DATA);
    assertTrue(message.contains("the images this run was trained on"), message);
  }

  @Test
  void aRunThatDivergesNamesPlayerTermAndStep() {
    Result result = train("train", "--set", "optimizer.learning_rate=1e30");
    String message = result.refusal(ExitCode.DIVERGED);
    assertTrue(
        message.matches(
            "sparring: diverged: (generator|discriminator)'s .* at step \\d+\n.*learning_rate.*\n"),
        message);
  }

  @Test
  void aDamagedCheckpointIsToldWithFileExpectedAndFound() throws IOException {
    Path copy = folder.resolve("copy");
    copy(Path.of(run), copy);
    Path weights = copy.resolve("checkpoints/step-00000002/variables.data-00000-of-00001");
    FileUtils.deleteDirectory(copy.resolve("checkpoints/step-00000001").toFile());
    Files.write(weights, new byte[] {1, 2, 3});
    for (List<String> command :
        List.of(
            List.of("train", "--run", copy.toString(), "--resume", "--steps", "4"),
            List.of("export", copy.toString()),
            List.of("inspect", copy.toString()),
            List.of("inspect", weights.getParent().toString()))) {
      String message = Console.run(command).refusal(ExitCode.UNREADABLE);
      assertTrue(message.contains(weights + ": expected "), message);
      assertTrue(message.contains("bytes, found 3"), message);
    }
  }

  @Test
  void aManifestThatIsNoJsonIsToldSo() throws IOException {
    Path manifest = Files.writeString(folder.resolve("manifest.json"), "{\"format\": 1, ");
    String message = Console.run("inspect", folder.toString()).refusal(ExitCode.UNREADABLE);
    assertTrue(message.contains(manifest + ": expected a checkpoint's manifest"), message);
  }

  @Test
  void aModelThatIsNotThereIsToldHowToMakeOne() {
    String none = folder.resolve("none").toString();
    for (List<String> command :
        List.of(
            List.of("sample", none),
            List.of("inspect", none),
            List.of("interpolate", none, "--from", "1", "--to", "2"))) {
      String message = Console.run(command).refusal(ExitCode.UNREADABLE);
      assertTrue(message.contains("found nothing at " + none), message);
      assertTrue(message.contains("./sparring train"), message);
    }
    assertTrue(
        Console.run("sample", folder.toString())
            .refusal(ExitCode.UNREADABLE)
            .contains("found neither in " + folder));
  }

  @ParameterizedTest
  @CsvSource({
    "saved_model.pb",
    "variables/variables.index",
    "variables/variables.data-00000-of-00001"
  })
  void aDamagedModelIsNamed(String part) throws IOException {
    Path model = folder.resolve("model");
    copy(Path.of(run).resolve("saved_model"), model);
    byte[] whole = Files.readAllBytes(model.resolve(part));
    Files.write(model.resolve(part), Arrays.copyOf(whole, whole.length / 2));
    String message = Console.run("sample", model.toString()).refusal(ExitCode.UNREADABLE);
    assertTrue(message.contains(model.toString()), message);
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
  void aNumberThatMakesNoImageIsToldWhichDoes(String line, String message) {
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
    String message = train("train", "--set", "net.width=100000").refusal(ExitCode.USAGE);
    assertTrue(message.contains("net.width: expected at most 4096, found 100000"), message);
    assertFalse(Files.exists(folder.resolve("run")), "no run is begun");
  }

  @Test
  void exportNeedsARun() {
    String message = Console.run("export", folder.toString()).refusal(ExitCode.USAGE);
    assertTrue(message.contains("expected a run folder with a recipe.yaml"), message);
  }

  /** Into a folder of this test, with tiny numbers. */
  private Result train(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--run";
    all[arguments.length + 1] = folder.resolve("run").toString();
    boolean recipe = arguments.length > 1 && !arguments[1].startsWith("--");
    List<String> tiny = recipe ? List.of() : TinyRecipe.options("steps=30", "checkpoint.steps=1");
    // the test's own settings come last, and so win
    String[] line =
        Stream.of(Stream.of(all[0]), tiny.stream(), Arrays.stream(all).skip(1))
            .flatMap(s -> s)
            .toArray(String[]::new);
    boolean data = Arrays.asList(line).contains("--data");
    return Console.run(
        data
            ? Arrays.stream(line)
                .map(s -> s.startsWith("data.source=") ? "batch=8" : s)
                .toArray(String[]::new)
            : line);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
