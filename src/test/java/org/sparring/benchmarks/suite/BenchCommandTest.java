package org.sparring.benchmarks.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.benchmarks.sheets.Machine;
import org.sparring.benchmarks.sheets.Measured;
import org.sparring.benchmarks.sheets.Sheet;
import org.sparring.console.Shell;
import picocli.CommandLine;

class BenchCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void theBenchmarksAreNamedWithTheirParameters() {
    assertEquals(0, run("--list", "trainingstep"));
    assertTrue(out.toString().startsWith("TrainingStepBenchmark.step batch=64 "), out.toString());
    assertTrue(out.toString().contains(" rule=simultaneous,alternating "), out.toString());
    assertEquals(1, out.toString().lines().count());
  }

  @Test
  void theHelpSaysHowFilesAreCompared() {
    int code = run("--help");
    assertEquals(0, code, err.toString());
    assertTrue(out.toString().contains("95 % confidence"), out.toString());
  }

  @Test
  void limitsMayBeAskedForWithoutAWord() {
    List<String> words =
        new CommandLine(new BenchCommand())
            .parseArgs("--limits")
            .matchedOptionValue("limits", null);
    assertTrue(words != null && words.stream().allMatch(String::isBlank), () -> "found " + words);
    assertEquals(2, run("--limits", "nonsense"));
    assertTrue(err.toString().contains("sparring bench: --limits: "), err.toString());
  }

  @Test
  void aNameThatIsNoneIsAnsweredWithThoseThereAre() {
    assertEquals(2, run("nosuchthing"));
    assertTrue(
        err.toString()
            .startsWith(
                "sparring bench: expected a part of a benchmark's name, found 'nosuchthing'; there"
                    + " are CheckpointBenchmark.restore, "),
        err.toString());
    assertEquals(2, run("*"));
    assertTrue(err.toString().contains("expected a regular expression, found '*'"));
  }

  @Test
  void aParameterThatNoneHasIsAnsweredWithThoseThereAre() {
    assertEquals(2, run("LossBenchmark", "-p", "side=32"));
    assertTrue(
        err.toString()
            .contains("--param: expected one of batch, loss for these benchmarks, found 'side'"),
        err.toString());
  }

  @Test
  void whatTheShortChoiceLacksIsSaid() {
    assertEquals(2, run("--quick", "ImageSide"));
    assertTrue(
        err.toString()
            .contains(
                "--quick: expected a benchmark of the short choice, found only"
                    + " ImageSideBenchmark.folded, ImageSideBenchmark.plain; it has "),
        err.toString());
  }

  @Test
  void twoFilesAreCompared() {
    Path a = file("a.json", 10);
    Path b = file("b.json", 5);
    assertEquals(0, run("--compare", a + "", b + ""));
    assertTrue(out.toString().contains("B/A 0.500 (0.500 to 0.500)"), out.toString());
  }

  @Test
  void filesThatCannotBeComparedAreNamed() throws Exception {
    Path a = file("a.json", 10);
    assertEquals(2, run("--compare", a + "", folder.resolve("none.json") + ""));
    assertTrue(
        err.toString()
            .contains("--compare: expected two results files, found no " + folder.resolve("none")),
        err.toString());
    Path other = Files.writeString(folder.resolve("other.json"), "{}");
    assertEquals(1, run("--compare", a + "", other + ""));
    assertTrue(err.toString().contains("expected a results file"), err.toString());
    assertEquals(2, run("--compare", a + ""));
  }

  private Path file(String name, double sample) {
    Measured measured =
        new Measured("B.m", Measured.TIME, Map.of(), "ms/op", 1, List.of(sample), null);
    Machine machine = new Machine("cpu", 2, "", "", "", List.of());
    Path file = folder.resolve(name);
    new Sheet(1, "2026-01-01T00:00:00Z", machine, "cpu", Map.of(), Map.of(), List.of(measured))
        .write(file);
    return file;
  }

  private int run(String... arguments) {
    return new Shell(new PrintWriter(out, true), new PrintWriter(err, true))
        .run(new BenchCommand(), arguments);
  }
}
