package org.sparring.benchmarks;

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

  /** What a script told and how it ended. */
  private record Told(int code, String out, String err) {}

  @BeforeEach
  void makeAFolderOfParts() throws IOException {
    parts = Files.createDirectories(folder.resolve("some parts"));
  }

  @Test
  void aBundleIsUnpackedOnceAndStarted() throws Exception {
    pack();
    // of an earlier, longer bundle
    Files.writeString(parts.resolve("sparring-gpu.tar.xz.007"), "stale");
    Told first = unpack("doctor", "a b");
    assertEquals("found doctor,a b,\n", first.out(), first.err());
    assertEquals(0, first.code());
    assertTrue(first.err().contains("unpacking sparring-gpu.tar.xz"), first.err());
    Path script = folder.resolve("there/sparring-gpu/sparring");
    FileTime touched = FileTime.from(Instant.EPOCH);
    Files.setLastModifiedTime(script, touched);
    Told second = unpack("doctor");
    assertEquals("found doctor,\n", second.out());
    assertEquals("", second.err());
    assertEquals(touched, Files.getLastModifiedTime(script));
  }

  @Test
  void aMissingPartIsNamed() throws Exception {
    pack();
    Files.delete(parts.resolve("sparring-gpu.tar.xz.001"));
    Told told = unpack();
    assertEquals(1, told.code());
    assertEquals("unpack.sh: these parts are missing: sparring-gpu.tar.xz.001\n", told.err());
  }

  @Test
  void anAlteredPartIsRefused() throws Exception {
    pack();
    Path part = parts.resolve("sparring-gpu.tar.xz.001");
    byte[] bytes = Files.readAllBytes(part);
    bytes[0] ^= 1;
    Files.write(part, bytes);
    Told told = unpack("doctor");
    assertEquals(1, told.code());
    assertTrue(told.out().startsWith("sparring-gpu.tar.xz.001:"), told.out());
    assertTrue(told.err().contains("differ from what was packed"), told.err());
    assertTrue(Files.notExists(folder.resolve("there/sparring-gpu")));
  }

  @Test
  void aFolderThatIsOfOtherPartsStays() throws Exception {
    pack();
    Path mine = Files.createDirectories(folder.resolve("there/sparring-gpu/runs"));
    Told told = unpack("doctor");
    assertEquals(1, told.code());
    assertTrue(told.err().contains("sparring-gpu is there already"), told.err());
    assertTrue(Files.exists(mine));
  }

  @Test
  void whatCannotBeUnpackedLeavesNothing() throws Exception {
    pack();
    Files.delete(parts.resolve("sparring-gpu.tar.xz.001"));
    Told sums =
        run(parts, "bash", "-c", "sha256sum sparring-gpu.tar.xz.[0-9][0-9][0-9] > SHA256SUMS");
    assertEquals(0, sums.code(), sums.err());
    Told told = unpack("doctor");
    assertTrue(told.code() != 0);
    assertEquals("", told.out());
    assertEquals(List.of(), names(folder.resolve("there")));
  }

  @Test
  void figuresBecomeATable() throws Exception {
    Path results = Files.createDirectories(folder.resolve("results"));
    Files.writeString(
        results.resolve("sparring.jsonl"), line("sparring", 8, Map.of("steps_per_run", "16")));
    Files.writeString(results.resolve("pytorch.jsonl"), line("pytorch-eager", 12, Map.of()));
    Told told = suite("--cpu-check", "--only", "report", "--out", results + "");
    assertEquals(0, told.code(), told.err());
    assertTrue(told.out().contains("| dcgan-32 | 64 | float32 | 16 | off | 8.000 |"), told.out());
    assertTrue(told.out().contains("| 1.50 |"), told.out());
    assertEquals(told.out(), Files.readString(results.resolve("results.md")));
    assertTrue(Files.exists(results.resolve("results.json")));
  }

  @Test
  void whatIsNoPartAndNoNumberIsRefused() throws Exception {
    Told part = suite("--cpu-check", "--only", "report,tables");
    assertEquals(1, part.code());
    assertEquals(
        "run.sh: --only: expected some of doctor,tests,limits,steps,pytorch,report, found"
            + " 'tables'.\n",
        part.err());
    for (String minutes : List.of("ten", "0", "1.5", "")) {
      Told told = suite("--cpu-check", "--minutes", minutes);
      assertEquals(1, told.code());
      assertTrue(told.err().contains("--minutes: expected a whole number"), told.err());
    }
  }

  @Test
  void netsBatchesAndPrecisionsAreListsOfWhatThereIs() throws Exception {
    assertRefused("--nets: expected a list such as 64,128, found '48'", "--nets", "48");
    assertRefused("--batches: expected a list such as 128,1024, found '0'", "--batches", "0");
    assertRefused("found 'tf32,bf16'", "--precisions", "tf32,bf16");
    Told told = suite("--cpu-check", "--batches", "64,8", "--nets", "32", "--only", "tables");
    assertTrue(told.err().contains("--only"), told.err());
  }

  private void assertRefused(String message, String option, String value) throws Exception {
    Told told = suite("--cpu-check", option, value);
    assertEquals(1, told.code(), told.err());
    assertTrue(told.err().contains(message), told.err());
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
    Told packed =
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

  private Told unpack(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", parts.resolve("unpack.sh") + ""));
    command.addAll(List.of("--to", folder.resolve("there") + ""));
    command.addAll(List.of(words));
    return run(folder, command.toArray(new String[0]));
  }

  /** The suite in what looks like an unpacked bundle; its Java takes this one's classes. */
  private Told suite(String... words) throws Exception {
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

  private Told run(Path in, String... command) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    int code =
        new ProcessBuilder(command)
            .directory(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start()
            .waitFor();
    return new Told(code, text(out), text(err));
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
