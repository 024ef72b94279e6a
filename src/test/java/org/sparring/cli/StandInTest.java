package org.sparring.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparring.console.ExitCode;

/**
 * What a machine with one or two GPUs would see of this engine, checked without one. Needs gcc, the
 * GPU natives in Maven's folder, and for most of it libdevice.
 */
@Tag("long")
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandInTest {
  private static final long MEBIBYTE = 1 << 20;

  /** The step whose launches docs/gpu.md counts. */
  private static final String[] DCGAN_64 = {
    "--set", "data.side=64", "--set", "data.channels=3", "--set", "batch=128"
  };

  @TempDir private static Path folder;
  private StandIn standIn;
  private int runs;

  @BeforeAll
  void build() throws Exception {
    standIn = new StandIn(Files.createDirectories(folder.resolve("stand-in")));
  }

  @Test
  void withoutAToolkitTheFirstStepRunsOrOneLineSaysWhatToInstall() throws Exception {
    Map<String, String> bare = Map.of("TF_JIT_CACHE_DIR", kernels("bare"));
    StandIn.Result result = standIn.run(bare, train("--steps", "1"));
    boolean says = result.err().contains("pip install nvidia-cuda-nvcc-cu12");
    assertTrue(result.code() == 0 || says, result.err());
    StandIn.Result doctor = standIn.run(bare, "doctor");
    assertEquals(0, doctor.code(), doctor.err());
    assertEquals(
        result.code() != 0, doctor.out().contains("note  GPU kernel      TensorFlow could"));
    assertTrue(doctor.out().contains("GPU kernel"), doctor.out());
    assertTrue(doctor.allocations().get(0)[1] <= 64 * MEBIBYTE, doctor.log() + "");
  }

  @Test
  void whatWasCompiledOnceNeedsNoToolkit() throws Exception {
    StandIn.Result first = trained(Map.of(), "--steps", "2");
    assertEquals(0, first.code(), first.err());
    Map<String, String> bare = Map.of("TF_JIT_CACHE_DIR", kernels("shared"));
    StandIn.Result second = standIn.run(bare, train("--steps", "2"));
    assertEquals(0, second.code(), second.err());
  }

  @Test
  void theSecondOfTwoGpusTrainsAlone() throws Exception {
    StandIn.Result result =
        trained(Map.of("STANDIN_GPUS", "2"), "--steps", "2", "--set", "device.kind=gpu:1");
    assertEquals(0, result.code(), result.err());
    assertFalse(result.allocations().isEmpty());
    assertTrue(result.allocations().stream().allMatch(a -> a[0] == 1), result.log() + "");
    assertEquals("gpu:1", used());
  }

  @Test
  void whoNamesNoneOfTwoGpusTakesTheFirstAloneAndLittleOfIt() throws Exception {
    StandIn.Result result = trained(Map.of("STANDIN_GPUS", "2"), "--steps", "2");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.allocations().stream().allMatch(a -> a[0] == 0), result.log() + "");
    assertTrue(result.allocations().get(0)[1] <= 64 * MEBIBYTE, result.log() + "");
    assertEquals("gpu:0", used());
  }

  @Test
  void aGpuThatIsNotThereIsRefused() throws Exception {
    StandIn.Result result =
        standIn.run(
            Map.of("STANDIN_GPUS", "2"), train("--steps", "1", "--set", "device.kind=gpu:2"));
    assertEquals(ExitCode.USAGE, result.code(), result.err());
    assertTrue(result.err().contains("found gpu:2 of 2"), result.err());
  }

  @Test
  void aGpuThatTensorFlowDoesNotSeeIsSaidOnceAndInTheRun() throws Exception {
    StandIn.Result result = standIn.run(Map.of("STANDIN_GPUS", "0"), train("--steps", "1"));
    assertEquals(0, result.code(), result.err());
    List<String> warnings = result.err().lines().filter(line -> line.contains(" warn ")).toList();
    assertEquals(1, warnings.size(), result.err());
    assertTrue(warnings.get(0).contains("computing on the CPU"), result.err());
    assertEquals("cpu", used());
  }

  @Test
  void aStepCopiesItsMetersToTheHostAndNothingElse() throws Exception {
    assertEquals(1, copies(1), 0.01);
    assertTrue(copies(4) <= 0.5, "copies a step in a loop");
  }

  @ParameterizedTest
  @CsvSource({"tf32, 150", "mixed_bfloat16, 180"})
  void aStepOfDcgan64LaunchesFewKernels(String precision, int most) throws Exception {
    String[] words = words(DCGAN_64, "--set", "device.steps_per_run=1", "--set", "meters.steps=0");
    words = words(words, "--set", "device.precision=" + precision);
    StandIn.Result few = trained(Map.of(), words(words, "--steps", "8"));
    StandIn.Result more = trained(Map.of(), words(words, "--steps", "16"));
    assertEquals(0, more.code(), more.err());
    double launches = (more.launches() - few.launches()) / 8.0;
    assertTrue(launches > 50 && launches <= most, launches + " launches a step");
    assertTrue(more.copiesToTheHost() - few.copiesToTheHost() <= 8, more.log() + "");
    // TensorFlow would copy a packed variable that something still reads when it is updated
    assertEquals(few.largeCopiesOnTheDevice(), more.largeCopiesOnTheDevice());
  }

  @Test
  void aRunOfPackedWeightsIsResumed() throws Exception {
    // weights, but not the images
    String stored = Long.toString(8 * MEBIBYTE);
    StandIn.Result begun = trained(Map.of("STANDIN_STORED", stored), "--steps", "2");
    assertEquals(0, begun.code(), begun.err());
    Map<String, String> settings =
        Map.of(
            "STANDIN_STORED", stored,
            "CUDA_HOME", StandIn.libdevice().toString(),
            "TF_JIT_CACHE_DIR", kernels("shared"));
    StandIn.Result resumed =
        standIn.run(settings, "train", "--resume", run().toString(), "--steps", "4");
    assertEquals(0, resumed.code(), resumed.err());
  }

  /** Patches were made for CPUs. */
  @Test
  void patchesAreRefusedOnAGpu() throws Exception {
    StandIn.Result result =
        trained(Map.of(), "--steps", "1", "--set", "device.convolutions=patches:8x128x256");
    assertEquals(ExitCode.USAGE, result.code(), result.err());
    assertTrue(
        result.err().contains("expected library or trial on a GPU, found patches:8x128x256"),
        result.err());
  }

  private static String[] words(String[] first, String... then) {
    return Stream.concat(Stream.of(first), Stream.of(then)).toArray(String[]::new);
  }

  /** The meters of 16 steps by the device loop are up to 4 copies. */
  @Test
  void streamedImagesReachStepsInALoop() throws Exception {
    StandIn.Result result =
        trained(
            Map.of(),
            "--steps",
            "8",
            "--set",
            "data.residence=stream",
            "--set",
            "device.steps_per_run=4");
    assertEquals(0, result.code(), result.err());
  }

  @Test
  void aBatchThatDoesNotFitIsNamedWithOneThatMay() throws Exception {
    StandIn.Result result =
        trained(Map.of("STANDIN_MIB", "1200"), "--steps", "1", "--set", "batch=4096");
    assertEquals(ExitCode.USAGE, result.code(), result.err());
    List<String> said = result.err().lines().toList();
    String line = said.get(said.size() - 2);
    assertTrue(line.contains("batch 4096") && line.contains("GPU"), result.err());
    assertTrue(said.get(said.size() - 1).matches("Batch \\d+ should fit; .*"), result.err());
  }

  /** Copies to the host that a step makes: by the difference of two runs. */
  private double copies(int stepsPerRun) throws Exception {
    long few = copies(stepsPerRun, 8);
    return (copies(stepsPerRun, 24) - few) / 16.0;
  }

  private long copies(int stepsPerRun, int steps) throws Exception {
    StandIn.Result result =
        trained(Map.of(), "--steps", steps + "", "--set", "device.steps_per_run=" + stepsPerRun);
    assertEquals(0, result.code(), result.err());
    return result.copiesToTheHost();
  }

  /** With libdevice, and the kernels that the other tests have compiled. */
  private StandIn.Result trained(Map<String, String> settings, String... words) throws Exception {
    Map<String, String> all = new HashMap<>(settings);
    all.put("CUDA_HOME", StandIn.libdevice().toString());
    all.put("TF_JIT_CACHE_DIR", kernels("shared"));
    return standIn.run(all, train(words));
  }

  private String[] train(String... words) {
    runs++;
    List<String> command = new ArrayList<>(List.of("train", "--run", run().toString()));
    command.addAll(List.of(words));
    return command.toArray(new String[0]);
  }

  private Path run() {
    return folder.resolve("run" + runs);
  }

  /** What the last run says that it computed on. */
  private String used() throws IOException {
    String text = Files.readString(run().resolve("run.json"));
    return text.replaceFirst("(?s).*\"device_used\" : \"([^\"]*)\".*", "$1");
  }

  private String kernels(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name)).toString();
  }
}
