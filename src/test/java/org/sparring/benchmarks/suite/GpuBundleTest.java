package org.sparring.benchmarks.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.benchmarks.suite.Scripts.Result;

/**
 * The scripts of {@code benchmarks/gpu} that pack and unpack a bundle, on a bundle of one script.
 */
@EnabledOnOs(OS.LINUX)
class GpuBundleTest {
  @TempDir private Path folder;
  private Scripts scripts;
  private Path parts;

  @BeforeEach
  void makeAFolderOfParts() throws IOException {
    scripts = new Scripts(folder);
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
        scripts.run(
            parts, "bash", "-c", "sha256sum sparring-gpu.tar.xz.[0-9][0-9][0-9] > SHA256SUMS");
    assertEquals(0, sums.code(), sums.err());
    Result result = unpack("doctor");
    assertTrue(result.code() != 0);
    assertEquals("", result.out());
    assertEquals(List.of(), names(folder.resolve("there")));
  }

  @Test
  void packingWithoutPipIsRefusedFirst() throws Exception {
    Path bin = toolsOfPack();
    Scripts.write(bin.resolve("python3"), "exit 1");
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
      Scripts.write(bin.resolve(tool), "exit 0");
    }
    Scripts.write(bin.resolve("mvn"), "exit 3");
    // from a copy: the script takes away the jars of an earlier build
    Path copies = Files.createDirectories(folder.resolve("checkout/benchmarks/gpu"));
    Files.copy(Scripts.SOURCES.resolve("pack.sh"), copies.resolve("pack.sh"));
    return bin;
  }

  private Result packInto(String name) throws Exception {
    String script = folder.resolve("checkout/benchmarks/gpu/pack.sh") + "";
    String path = "PATH=" + folder.resolve("bin") + ":" + System.getenv("PATH");
    return scripts.run(
        folder, "env", "-u", "JAVA_HOME", path, "bash", script, "--out", folder.resolve(name) + "");
  }

  /** Two parts of a bundle whose {@code sparring} prints its arguments. */
  private void pack() throws Exception {
    assumeTrue(scripts.run(folder, "bash", "-c", "command -v xz").code() == 0, "no xz");
    Files.copy(Scripts.SOURCES.resolve("unpack.sh"), parts.resolve("unpack.sh"));
    Path stage = Files.createDirectories(folder.resolve("stage/sparring-gpu"));
    Scripts.write(stage.resolve("sparring"), "echo \"found $(printf '%s,' \"$@\")\"");
    Result packed =
        scripts.run(
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
    return scripts.run(folder, command.toArray(new String[0]));
  }

  private static List<String> names(Path folder) {
    return Stream.of(Objects.requireNonNull(folder.toFile().list())).sorted().toList();
  }
}
