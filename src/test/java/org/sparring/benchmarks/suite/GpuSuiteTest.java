package org.sparring.benchmarks.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.benchmarks.timing.Measurement;
import org.sparring.benchmarks.timing.Measurement.Check;
import org.sparring.benchmarks.timing.Spread;
import org.sparring.benchmarks.timing.Work;

/** The scripts of {@code benchmarks/gpu} on a bundle of one script, and on figures made up. */
@EnabledOnOs(OS.LINUX)
class GpuSuiteTest {
  private static final Path SCRIPTS = Path.of("benchmarks/gpu").toAbsolutePath();

  @TempDir private Path folder;
  private Path parts;

  /** The exit code and the output of a script. */
  private record Result(int code, String out, String err) {}

  @BeforeEach
  void makeAFolderOfParts() throws IOException {
    parts = Files.createDirectories(folder.resolve("some parts"));
  }

  @Test
  void aBundleIsUnpackedOnceAndStarted() throws Exception {
    pack();
    // of an earlier, longer bundle
    Files.writeString(parts.resolve("sparring-gpu.tar.xz.007"), "stale");
    Result first = unpack("doctor", "a b");
    assertEquals("found doctor,a b,\n", first.out(), first.err());
    assertEquals(0, first.code());
    assertTrue(first.err().contains("unpacking sparring-gpu.tar.xz"), first.err());
    Path script = folder.resolve("there/sparring-gpu/sparring");
    FileTime touched = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(script, touched);
    Result second = unpack("doctor");
    assertEquals("found doctor,\n", second.out());
    assertEquals("", second.err());
    assertEquals(touched, Files.getLastModifiedTime(script));
  }

  @Test
  void aMissingPartIsNamed() throws Exception {
    pack();
    Files.delete(parts.resolve("sparring-gpu.tar.xz.001"));
    Result result = unpack();
    assertEquals(1, result.code());
    assertEquals("unpack.sh: these parts are missing: sparring-gpu.tar.xz.001\n", result.err());
  }

  @Test
  void anAlteredPartIsRefused() throws Exception {
    pack();
    Path part = parts.resolve("sparring-gpu.tar.xz.001");
    byte[] bytes = Files.readAllBytes(part);
    bytes[0] ^= 1;
    Files.write(part, bytes);
    Result result = unpack("doctor");
    assertEquals(1, result.code());
    assertTrue(result.out().startsWith("sparring-gpu.tar.xz.001:"), result.out());
    assertTrue(result.err().contains("differ from what was packed"), result.err());
    assertTrue(Files.notExists(folder.resolve("there/sparring-gpu")));
  }

  @Test
  void aFolderThatIsOfOtherPartsStays() throws Exception {
    pack();
    Path mine = Files.createDirectories(folder.resolve("there/sparring-gpu/runs"));
    Result result = unpack("doctor");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("sparring-gpu is there already"), result.err());
    assertTrue(Files.exists(mine));
  }

  @Test
  void whatCannotBeUnpackedLeavesNothing() throws Exception {
    pack();
    Files.delete(parts.resolve("sparring-gpu.tar.xz.001"));
    Result sums =
        run(parts, "bash", "-c", "sha256sum sparring-gpu.tar.xz.[0-9][0-9][0-9] > SHA256SUMS");
    assertEquals(0, sums.code(), sums.err());
    Result result = unpack("doctor");
    assertTrue(result.code() != 0);
    assertEquals("", result.out());
    assertEquals(List.of(), names(folder.resolve("there")));
  }

  @Test
  void figuresBecomeATable() throws Exception {
    Path results = Files.createDirectories(folder.resolve("results"));
    Files.writeString(
        results.resolve("sparring.jsonl"), line("sparring", 8, Map.of("steps_per_run", "16")));
    Files.writeString(results.resolve("pytorch.jsonl"), line("pytorch-eager", 12, Map.of()));
    Result result = suite("--cpu-check", "--only", "report", "--out", results + "");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.out().contains("| dcgan-32 | 64 | float32 | 16 | off | 8.000 |"), result.out());
    assertTrue(result.out().contains("| 1.50 |"), result.out());
    assertEquals(result.out(), Files.readString(results.resolve("results.md")));
    assertTrue(Files.exists(results.resolve("results.json")));
  }

  @Test
  void whatIsNoPartAndNoNumberIsRefused() throws Exception {
    Result part = suite("--cpu-check", "--only", "report,tables");
    assertEquals(1, part.code());
    assertEquals(
        "run.sh: --only: expected some of doctor,tests,limits,steps,pytorch,report, found"
            + " 'tables'.\n",
        part.err());
    for (String minutes : List.of("ten", "0", "1.5", "")) {
      Result result = suite("--cpu-check", "--minutes", minutes);
      assertEquals(1, result.code());
      assertTrue(result.err().contains("--minutes: expected a whole number"), result.err());
    }
  }

  @Test
  void netsBatchesAndPrecisionsAreListsOfWhatThereIs() throws Exception {
    assertRefused("--nets: expected a list such as 64,128, found '48'", "--nets", "48");
    assertRefused("--batches: expected a list such as 128,1024, found '0'", "--batches", "0");
    assertRefused("found 'tf32,bf16'", "--precisions", "tf32,bf16");
    Result result = suite("--cpu-check", "--batches", "64,8", "--nets", "32", "--only", "tables");
    assertTrue(result.err().contains("--only"), result.err());
  }

  @Test
  void whatIsAskedForIsMeasuredInItsOrder() throws Exception {
    standIns();
    Result result = onGpu("--nets", "64,32", "--batches", "256,128", "--precisions", "tf32,float32");
    assertEquals(0, result.code(), result.err());
    List<String> asked = Files.readAllLines(folder.resolve("steps"));
    assertEquals(20, asked.size());
    assertEquals(
        List.of(
            "net=dcgan-64 batch=256 precision=tf32",
            "net=dcgan-64 batch=256 precision=float32",
            "net=dcgan-32 batch=256 precision=tf32",
            "net=dcgan-32 batch=256 precision=float32",
            "net=dcgan-64 batch=128 precision=tf32",
            "net=dcgan-64 batch=128 precision=float32",
            "net=dcgan-32 batch=128 precision=tf32",
            "net=dcgan-32 batch=128 precision=float32"),
        asked.stream().map(line -> line.split(" steps")[0]).distinct().toList());
    assertEquals(
        List.of("--nets 64,32 --batches 256,128 --modes tf32,channels_last,eager"),
        Files.readAllLines(folder.resolve("torch")));
    assertTrue(result.err().endsWith("run.sh: done: " + folder.resolve("made") + "\n"), result.err());
  }

  @Test
  void whatIsMeasuredAtOneBatchIsSoInPyTorchToo() throws Exception {
    standIns();
    onGpu("--nets", "32");
    onGpu("--nets", "64", "--batches", "16,8", "--precisions", "mixed_bfloat16");
    assertEquals(
        List.of(
            "--nets 32 --batches 128,64,256,512,1024 --modes amp,graph,tf32,channels_last,eager",
            "--nets 32 --batches 128 --modes compile-graph,compile,compile-reduce",
            "--nets 64 --batches 16,8 --modes amp,graph",
            "--nets 64 --batches 16 --modes compile-graph,compile,compile-reduce"),
        Files.readAllLines(folder.resolve("torch")));
    assertEquals(
        List.of("net=dcgan-32 batch=128", "net=dcgan-64 batch=16"),
        Files.readAllLines(folder.resolve("steps")).stream()
            .filter(line -> line.contains("jit=on"))
            .map(line -> line.split(" precision")[0])
            .distinct()
            .toList());
  }

  @Test
  void pyTorchDoesNotFailWhenItsTimeIsOver() throws Exception {
    standIns();
    script(folder.resolve("bin/timeout"), "shift; \"$@\"; exit 124");
    Result result = onGpu("--nets", "32", "--batches", "128", "--minutes", "3");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.err().contains("pytorch: 3 minutes are over"), result.err());
    assertTrue(result.err().contains("pytorch: 2 configurations measured"), result.err());
  }

  @Test
  void cudaFromNoFolderIsRefusedFirst() throws Exception {
    Result result = suite("--cpu-check", "--cuda-from", folder + "/none", "--out", folder + "/made");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("--cuda-from: expected a folder"), result.err());
    assertTrue(Files.notExists(folder.resolve("made")));
  }

  @Test
  void packingWithoutPipIsRefusedFirst() throws Exception {
    Path bin = toolsOfPack();
    script(bin.resolve("python3"), "exit 1");
    Result result = packInto("made");
    assertEquals(1, result.code());
    assertEquals("pack.sh: needs pip for python3, found none.\n", result.err());
    assertTrue(Files.notExists(folder.resolve("made")));
  }

  @Test
  void packingThatFailsLeavesOnlyWhatIsNotOfABundle() throws Exception {
    toolsOfPack();
    Path made = Files.createDirectories(folder.resolve("made/stage")).getParent();
    Files.writeString(made.resolve("sparring-gpu.tar.xz.000"), "of an earlier bundle");
    Files.writeString(made.resolve("other.tar.xz.000"), "of somebody else");
    Result result = packInto("made");
    assertEquals(3, result.code(), result.err());
    assertEquals(List.of("other.tar.xz.000", "stage"), names(made));
  }

  /** Stand-ins for the tools of pack.sh, of which Maven fails. */
  private Path toolsOfPack() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool : List.of("python3", "strip", "xz", "unzip", "jlink")) {
      script(bin.resolve(tool), "exit 0");
    }
    script(bin.resolve("mvn"), "exit 3");
    // from a copy: the script takes away the jars of an earlier build
    Path scripts = Files.createDirectories(folder.resolve("checkout/benchmarks/gpu"));
    Files.copy(SCRIPTS.resolve("pack.sh"), scripts.resolve("pack.sh"));
    return bin;
  }

  private Result packInto(String name) throws Exception {
    String script = folder.resolve("checkout/benchmarks/gpu/pack.sh") + "";
    String path = "PATH=" + folder.resolve("bin") + ":" + System.getenv("PATH");
    return run(
        folder, "env", "-u", "JAVA_HOME", path, "bash", script, "--out", folder.resolve(name) + "");
  }

  /** A GPU, a Java and a Python with PyTorch that write down what they are asked to measure. */
  private void standIns() throws Exception {
    suite("--help");
    Path bin = Files.createDirectories(folder.resolve("bin"));
    script(bin.resolve("nvidia-smi"), "echo 'a card, 1, 2 MiB, 3 W, 4 MHz'");
    Path steps = folder.resolve("steps");
    script(
        folder.resolve("bundle/runtime/bin/java"),
        "last=${@: -1}; cat \"${last#@}\" >> '" + steps + "'; echo '{}'");
    script(
        bin.resolve("python"),
        "[ \"$1\" = -c ] || { shift; echo \"$*\" >> '"
            + folder.resolve("torch")
            + "'; echo '{}'; }");
  }

  private Result onGpu(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("env"));
    command.add("PATH=" + folder.resolve("bin") + ":" + System.getenv("PATH"));
    command.addAll(List.of("bash", folder.resolve("bundle/benchmarks/gpu/run.sh") + ""));
    command.addAll(List.of("--only", "steps,pytorch", "--python", "python"));
    command.addAll(List.of("--out", folder.resolve("made") + ""));
    command.addAll(List.of(words));
    return run(folder, command.toArray(new String[0]));
  }

  private void assertRefused(String message, String option, String value) throws Exception {
    Result result = suite("--cpu-check", option, value);
    assertEquals(1, result.code(), result.err());
    assertTrue(result.err().contains(message), result.err());
  }

  private static String line(String engine, double ms, Map<String, String> settings) {
    Check check = new Check(1, 2, 0.5, 0.7, true, true);
    Work work = Work.of("dcgan-32");
    return new Measurement(engine, Map.of(), work, settings, Spread.of(ms), 0.0, check, null)
            .toJson()
        + "\n";
  }

  /** Two parts of a bundle whose {@code sparring} tells its arguments. */
  private void pack() throws Exception {
    assumeTrue(run(folder, "bash", "-c", "command -v xz").code() == 0, "no xz");
    Files.copy(SCRIPTS.resolve("unpack.sh"), parts.resolve("unpack.sh"));
    Path stage = Files.createDirectories(folder.resolve("stage/sparring-gpu"));
    script(stage.resolve("sparring"), "echo \"found $(printf '%s,' \"$@\")\"");
    Result packed =
        run(
            parts,
            "bash",
            "-ec",
            "tar --create --directory ../stage sparring-gpu | xz"
                + " | split --bytes=100 --numeric-suffixes --suffix-length=3 - sparring-gpu.tar.xz.;"
                + " sha256sum *.[0-9][0-9][0-9] > SHA256SUMS");
    assertEquals(0, packed.code(), packed.err());
    assertTrue(Files.exists(parts.resolve("sparring-gpu.tar.xz.001")));
  }

  private Result unpack(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", parts.resolve("unpack.sh") + ""));
    command.addAll(List.of("--to", folder.resolve("there") + ""));
    command.addAll(List.of(words));
    return run(folder, command.toArray(new String[0]));
  }

  /** The suite in what looks like an unpacked bundle; its Java takes this one's classes. */
  private Result suite(String... words) throws Exception {
    Path home = folder.resolve("bundle");
    if (Files.notExists(home)) {
      Path scripts = Files.createDirectories(home.resolve("benchmarks/gpu"));
      Files.copy(SCRIPTS.resolve("run.sh"), scripts.resolve("run.sh"));
      List<String> classPath = new ArrayList<>();
      for (Class<?> type :
          List.of(GpuReport.class, ObjectMapper.class, JsonFactory.class, JsonInclude.class)) {
        classPath.add(place(type) + "");
      }
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      // its last two words are the class and its folder
      script(
          Files.createDirectories(home.resolve("runtime/bin")).resolve("java"),
          "exec '" + java + "' -cp '" + String.join(":", classPath) + "' \"${@: -2}\"");
    }
    List<String> command = new ArrayList<>(List.of("bash", home + "/benchmarks/gpu/run.sh"));
    command.addAll(List.of(words));
    return run(folder, command.toArray(new String[0]));
  }

  private static void script(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/bash\n" + line + "\n");
    file.toFile().setExecutable(true);
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static List<String> names(Path folder) {
    return Stream.of(Objects.requireNonNull(folder.toFile().list())).sorted().toList();
  }

  private Result run(Path in, String... command) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    int code =
        new ProcessBuilder(command)
            .directory(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Result(code, text(out), text(err));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
