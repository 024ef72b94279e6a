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
import java.util.zip.GZIPOutputStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.cli.Console.Result;
import org.sparring.console.ExitCode;

/**
 * Data, checkpoints and models that are missing or damaged have their exit code and a message of at
 * most three lines without a stack trace.
 */
class UnreadableFilesTest {
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
        "minst:D       | Did you mean mnist?",
        "mnist         | Write for example mnist:data/mnist.",
        "mnist:NONE    | ./sparring data fetch mnist --to",
        "cifar10:NONE  | ./sparring data fetch cifar10 --to",
        "folder:NONE   | NONE",
        "glyphs:many   | Write for example glyphs:20000.",
        "glyphs:0      | 1 image or more"
      })
  void missingDataAreRefusedWithWhatToDo(String source, String part) {
    String there = source.replace("NONE", folder.resolve("NONE").toString());
    String message = TinyTraining.in(folder, "train", "--data", there).refusal(ExitCode.DATA);
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
      result = TinyTraining.in(folder, "train", "--data", there);
    } finally {
      System.setErr(before);
    }
    assertEquals(ExitCode.DATA, result.code(), result.err());
    assertEquals("", raw.toString(StandardCharsets.UTF_8));
    assertTrue(result.err().startsWith("sparring: "), result.err());
    assertEquals("", result.out());
  }

  @Test
  void aTruncatedArchiveIsRefusedWithFileAndOffset() throws IOException {
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
    String message =
        TinyTraining.in(folder, "train", "--data", "mnist:" + folder).refusal(ExitCode.DATA);
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
  void aDamagedCheckpointIsRefusedWithFileExpectedAndFound() throws IOException {
    Path copy = folder.resolve("copy");
    FileUtils.copyDirectory(Path.of(run).toFile(), copy.toFile());
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
  void aManifestThatIsNoJsonIsRefused() throws IOException {
    Path manifest = Files.writeString(folder.resolve("manifest.json"), "{\"format\": 1, ");
    String message = Console.run("inspect", folder.toString()).refusal(ExitCode.UNREADABLE);
    assertTrue(message.contains(manifest + ": expected a checkpoint's manifest"), message);
  }

  @Test
  void aMissingModelIsRefusedWithHowToMakeOne() {
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
    FileUtils.copyDirectory(Path.of(run).resolve("saved_model").toFile(), model.toFile());
    byte[] whole = Files.readAllBytes(model.resolve(part));
    Files.write(model.resolve(part), Arrays.copyOf(whole, whole.length / 2));
    String message = Console.run("sample", model.toString()).refusal(ExitCode.UNREADABLE);
    assertTrue(message.contains(model.toString()), message);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
