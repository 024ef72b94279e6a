package org.sparring.benchmarks.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.benchmarks.suite.Scripts.Result;

/** The script {@code benchmarks/gpu/visit.sh} with parts and a suite that are made up. */
@EnabledOnOs(OS.LINUX)
class GpuVisitTest {
  @TempDir private Path folder;
  private Path parts;
  private Path kept;

  @BeforeEach
  void pack() throws Exception {
    parts = Files.createDirectories(folder.resolve("parts"));
    kept = Files.createDirectories(folder.resolve("kept"));
    for (String name : List.of("000", "001")) {
      Files.writeString(part(name), "part " + name);
    }
    Files.copy(Scripts.SOURCES.resolve("unpack.sh"), parts.resolve("unpack.sh"));
    Result sums =
        new Scripts(folder).run(parts, "bash", "-c", "sha256sum sparring-gpu.* > SHA256SUMS");
    assertEquals(0, sums.code(), sums.err());
  }

  @Test
  void thePlanHasATransferForEachPartAndOneToMeasure() throws Exception {
    Result plan = visit("plan", "--out", parts + "");
    assertEquals(0, plan.code(), plan.err());
    List<String> lines = plan.out().lines().toList();
    assertEquals(6, lines.size(), plan.out());
    assertTrue(lines.get(0).startsWith("Transfer 1: carry sparring-gpu.tar.xz.000 (1 MiB)"));
    assertTrue(lines.get(1).contains("visit.sh receive "), lines.get(1));
    assertTrue(lines.get(3).endsWith(" && ~/sparring-visit/unpack.sh --to ~/sparring-visit"));
    assertEquals("  bash benchmarks/gpu/visit.sh measure --minutes 8 --out $OUT", lines.get(5));
  }

  @Test
  void aPartThatDoesNotTravelWithTheTreeIsRefused() throws Exception {
    Result plan = visit("plan", "--out", parts + "", "--limit-mib", "2");
    assertEquals(1, plan.code());
    assertTrue(plan.err().contains("more than the 2 MiB of a transfer."), plan.err());
    Result number = visit("plan", "--limit-mib", "half");
    assertTrue(number.err().contains("--limit-mib: expected a whole number"), number.err());
  }

  @Test
  void partsAreKeptAsTheyCome() throws Exception {
    Files.delete(part("001"));
    Result first = visit("receive", parts + "");
    assertEquals(0, first.code(), first.err());
    assertTrue(first.err().contains("still missing: sparring-gpu.tar.xz.001"), first.err());
    assertTrue(first.err().contains("1 of 2 parts are here"), first.err());
    Files.delete(part("000"));
    Files.writeString(part("001"), "part 001");
    Result second = visit("receive", parts + "");
    assertTrue(second.err().contains("2 of 2 parts are here"), second.err());
  }

  @Test
  void aPartThatWasCutShortIsCarriedAgain() throws Exception {
    Files.writeString(part("000"), "par");
    Result result = visit("receive", parts + "");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("000 differs from what was packed"), result.err());
    assertTrue(Files.notExists(kept.resolve(part("000").getFileName())));
  }

  @Test
  void eachSectionEndsAtItsTimeAndTheNextOnesFollow() throws Exception {
    Path asked = folder.resolve("asked");
    suite("echo \"$*\" >> '" + asked + "'; [[ $* != *pytorch* ]]");
    Scripts.write(folder.resolve("bin/timeout"), "shift; [ $1 != 150 ] || exit 124; shift; \"$@\"");
    Result result = visit("measure", "--out", folder.resolve("made") + "");
    assertEquals(0, result.code(), result.err());
    List<String> sections =
        Files.readAllLines(asked).stream()
            .map(line -> line.replaceFirst(".*--only (\\w+).*", "$1"))
            .toList();
    assertEquals(
        List.of("doctor", "train", "pytorch", "tests", "steps", "steps", "steps"),
        sections.subList(0, 7));
    assertTrue(result.err().contains("steps: exit code 124"), result.err());
    assertTrue(result.err().contains("failed, or out of time: steps pytorch;"), result.err());
    assertTrue(result.err().contains("scaling: one GPU"), result.err());
  }

  @Test
  void severalGpusAreMeasuredAtOnceByAProcessEach() throws Exception {
    Path asked = folder.resolve("asked");
    suite("echo \"$CUDA_VISIBLE_DEVICES $*\" >> '" + asked + "'");
    Scripts.write(folder.resolve("bin/nvidia-smi"), "echo 'GPU 0: a card'; echo 'GPU 1: a card'");
    Result result = visit("measure", "--out", folder.resolve("made") + "");
    assertEquals(0, result.code(), result.err());
    List<String> lines = Files.readAllLines(asked);
    for (String gpu : List.of("0", "1")) {
      String out = "--out " + folder.resolve("made/gpu-" + gpu) + " ";
      assertEquals(
          1, lines.stream().filter(l -> l.startsWith(gpu + " ") && l.contains(out)).count());
    }
  }

  @Test
  void withoutAFirstStepNothingElseIsTried() throws Exception {
    Path asked = folder.resolve("asked");
    suite("echo \"$*\" >> '" + asked + "'; [[ $* != *train* ]]");
    Result result = visit("measure", "--out", folder.resolve("made") + "");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("the first steps failed."), result.err());
    assertEquals(2, Files.readAllLines(asked).size());
  }

  /** A bundle whose suite is one line, on a machine with one GPU. */
  private void suite(String line) throws Exception {
    Path run = kept.resolve("sparring-gpu/benchmarks/gpu/run.sh");
    Files.createDirectories(run.getParent());
    Scripts.write(run, line);
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Scripts.write(bin.resolve("nvidia-smi"), "echo 'GPU 0: a card'");
  }

  private Path part(String number) {
    return parts.resolve("sparring-gpu.tar.xz." + number);
  }

  private Result visit(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("env", "SPARRING_VISIT=" + kept));
    command.add("PATH=" + folder.resolve("bin") + ":" + System.getenv("PATH"));
    command.addAll(List.of("bash", Scripts.SOURCES.resolve("visit.sh") + ""));
    command.addAll(List.of(words));
    return new Scripts(folder).run(folder, command.toArray(new String[0]));
  }
}
