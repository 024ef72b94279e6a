package org.sparring.benchmarks.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.benchmarks.suite.Scripts.Result;
import org.sparring.benchmarks.timing.Measurement;
import org.sparring.benchmarks.timing.Measurement.Check;
import org.sparring.benchmarks.timing.Spread;
import org.sparring.benchmarks.timing.Work;

/** The script {@code benchmarks/gpu/run.sh} with a stand-in for the GPU and made-up figures. */
@EnabledOnOs(OS.LINUX)
class GpuSuiteTest {
  @TempDir private Path folder;
  private Scripts scripts;

  @BeforeEach
  void setUp() {
    scripts = new Scripts(folder);
  }

  @Test
  void figuresBecomeATable() throws Exception {
    Path results = Files.createDirectories(folder.resolve("results"));
    Files.writeString(
        results.resolve("sparring.jsonl"), line("sparring", 8, Map.of("steps_per_run", "16")));
    Files.writeString(results.resolve("pytorch.jsonl"), line("pytorch-eager", 12, Map.of()));
    Result result = suite("--cpu-check", "--only", "report", "--out", results + "");
    assertEquals(0, result.code(), result.err());
    assertTrue(
        result.out().contains("| dcgan-32 | 64 | float32 | 16 | off | 8.000 |"), result.out());
    assertTrue(result.out().contains("| 1.50 |"), result.out());
    assertEquals(result.out(), Files.readString(results.resolve("results.md")));
    assertTrue(Files.exists(results.resolve("results.json")));
  }

  @Test
  void whatIsNoPartAndNoNumberIsRefused() throws Exception {
    Result part = suite("--cpu-check", "--only", "report,tables");
    assertEquals(1, part.code());
    assertEquals(
        "run.sh: --only: expected some of doctor,train,tests,limits,steps,pytorch,report, found"
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
    Result result =
        onGpu("--nets", "64,32", "--batches", "256,128", "--precisions", "tf32,float32");
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
    assertTrue(
        result.err().endsWith("run.sh: done: " + folder.resolve("made") + "\n"), result.err());
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
    Scripts.write(folder.resolve("bin/timeout"), "shift; \"$@\"; exit 124");
    Result result = onGpu("--nets", "32", "--batches", "128", "--minutes", "3");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.err().contains("pytorch: 3 minutes are over"), result.err());
    assertTrue(result.err().contains("pytorch: 2 configurations measured"), result.err());
  }

  @Test
  void cudaFromNoFolderIsRefusedFirst() throws Exception {
    Result result =
        suite("--cpu-check", "--cuda-from", folder + "/none", "--out", folder + "/made");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("--cuda-from: expected a folder"), result.err());
    assertTrue(Files.notExists(folder.resolve("made")));
  }

  /** A GPU, a Java and a Python with PyTorch that write down what they are asked to measure. */
  private void standIns() throws Exception {
    suite("--help");
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Scripts.write(bin.resolve("nvidia-smi"), "echo 'a card, 1, 2 MiB, 3 W, 4 MHz'");
    Path steps = folder.resolve("steps");
    Scripts.write(
        folder.resolve("bundle/runtime/bin/java"),
        "last=${@: -1}; cat \"${last#@}\" >> '" + steps + "'; echo '{}'");
    Scripts.write(
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
    return scripts.run(folder, command.toArray(new String[0]));
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

  /** The suite in what looks like an unpacked bundle; its Java takes this one's classes. */
  private Result suite(String... words) throws Exception {
    Path home = folder.resolve("bundle");
    if (Files.notExists(home)) {
      Path copies = Files.createDirectories(home.resolve("benchmarks/gpu"));
      Files.copy(Scripts.SOURCES.resolve("run.sh"), copies.resolve("run.sh"));
      List<String> classPath = new ArrayList<>();
      for (Class<?> type :
          List.of(GpuReport.class, ObjectMapper.class, JsonFactory.class, JsonInclude.class)) {
        classPath.add(place(type) + "");
      }
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      // its last two words are the class and its folder
      Scripts.write(
          Files.createDirectories(home.resolve("runtime/bin")).resolve("java"),
          "exec '" + java + "' -cp '" + String.join(":", classPath) + "' \"${@: -2}\"");
    }
    List<String> command = new ArrayList<>(List.of("bash", home + "/benchmarks/gpu/run.sh"));
    command.addAll(List.of(words));
    return scripts.run(folder, command.toArray(new String[0]));
  }

  private static Path place(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
