package org.sparring.benchmarks.sheets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.errors.TelemetryException;

/** Results files, and two of them side by side. */
class SheetTest {
  private static final Machine MACHINE =
      new Machine(
          "Intel(R) Xeon(R) CPU @ 2.10GHz", 2, "avx2 fma", "7.7 GiB", "Linux amd64", List.of());

  @TempDir private Path folder;

  @Test
  void aFileIsReadAsItWasWritten() {
    Sheet sheet = sheet(MACHINE, "a1", measured("step", 0.01, 3, 1, 2), measured("x", null, 5));
    Path file = folder.resolve("deep/er/results.json");
    sheet.write(file);
    assertEquals(sheet, Sheet.read(file));
    sheet.write(file);
    assertEquals(sheet, Sheet.read(file), "over an older one");
  }

  @Test
  void otherFilesAreRefusedInOneSentence() throws IOException {
    Path other = Files.writeString(folder.resolve("other.json"), "{\"format\": 7}");
    var e = assertThrows(TelemetryException.class, () -> Sheet.read(other));
    assertTrue(e.getMessage().contains("expected format 1, found 7"), e.getMessage());
    Path broken = Files.writeString(folder.resolve("broken.json"), "not json");
    e = assertThrows(TelemetryException.class, () -> Sheet.read(broken));
    assertTrue(
        e.getMessage()
            .startsWith("expected a results file of the benchmark suite, found " + broken));
    assertEquals(1, e.getMessage().lines().count());
  }

  @Test
  void aMachineIsCalledByItsProcessorAndItsGpu() {
    assertEquals("intel-xeon-cpu-2.10ghz-2-processors", MACHINE.slug());
    var gpu = new Machine("AMD EPYC", 16, "", "", "", List.of("NVIDIA H100, 81559 MiB, 550.54.15"));
    assertEquals("amd-epyc-16-processors-nvidia-h100", gpu.slug());
  }

  /** Ten samples each: the interval reaches from the second to the ninth, (11…18)/(102…109). */
  @Test
  void ratiosAreOfMediansWithTheirIntervals() {
    Sheet a = sheet(MACHINE, "a1", measured("step", null, upFrom(101)));
    Sheet b = sheet(MACHINE, "a1", measured("step", null, upFrom(10)), measured("new", null, 1));
    List<Comparison.Row> rows = new Comparison(a, b).rows();
    assertEquals(1, rows.size(), "only what both have");
    MedianInterval ratio = rows.get(0).ratio();
    assertEquals(14.5 / 105.5, ratio.median());
    assertEquals(11.0 / 109, ratio.low());
    assertEquals(18.0 / 102, ratio.high());
    assertTrue(rows.get(0).differs());
    assertFalse(new Comparison(a, a).rows().get(0).differs());
  }

  private static double[] upFrom(double first) {
    double[] values = new double[10];
    for (int i = 0; i < values.length; i++) {
      values[i] = first + i;
    }
    return values;
  }

  @Test
  void whatMakesARatioDoubtfulIsSaid() {
    Machine other = new Machine("AMD EPYC", 2, "avx2 fma", "7.7 GiB", "Linux amd64", List.of());
    Sheet a = sheet(MACHINE, "a1", measured("step", 0.01, 1, 1, 1, 1, 1, 1, 1));
    Sheet b = sheet(other, "b2", measured("step", 0.2, 1, 1, 1, 1, 1, 1));
    List<String> warnings = new Comparison(a, b).warnings();
    assertEquals(
        List.of(
            "processor differs: Intel(R) Xeon(R) CPU @ 2.10GHz in A, AMD EPYC in B",
            "sparring differs: a1 in A, b2 in B",
            "1 of 1 figures of B were taken while others used more than 15 % of the processors:"
                + " marked *",
            "1 ratios are of fewer than 7 samples, whose range is less than a 95 % interval: marked ~"),
        warnings);
    assertTrue(new Comparison(a, b).table().contains("1.000*"), new Comparison(a, b).table());
    assertEquals(List.of(), new Comparison(a, a).warnings());
  }

  /** A virtual machine may hide the matrix units of the same processor. */
  @Test
  void otherInstructionSetsOfTheSameProcessorAreReported() {
    Machine other =
        new Machine(
            MACHINE.processor(), 2, "avx2 fma amx_bf16", "7.7 GiB", "Linux amd64", List.of());
    Sheet a = sheet(MACHINE, "a1", measured("step", 0.01, upFrom(1)));
    Sheet b = sheet(other, "a1", measured("step", 0.01, upFrom(1)));
    assertEquals(
        List.of("set of instructions differs: avx2 fma in A, avx2 fma amx_bf16 in B"),
        new Comparison(a, b).warnings());
  }

  @Test
  void aRowIsNamedByTheParametersThatDistinguishIt() {
    Sheet sheet = sheet(MACHINE, "a1", named("8", "adam"), named("64", "adam"));
    String table = new Comparison(sheet, sheet).table();
    assertTrue(table.contains("B.step batch=8 "), table);
    assertTrue(table.contains("B.step batch=64"), table);
    assertFalse(table.contains("adam"), table);
  }

  private static Measured named(String batch, String rule) {
    Map<String, String> params = Map.of("batch", batch, "rule", rule);
    return new Measured("B.step", Measured.TIME, params, "ms/op", 1, List.of(1.0), null);
  }

  private static Measured measured(String method, Double foreign, double... samples) {
    List<Double> all = new ArrayList<>();
    for (double sample : samples) {
      all.add(sample);
    }
    return new Measured(
        "B." + method, Measured.TIME, Map.of("batch", "8"), "ms/op", samples.length, all, foreign);
  }

  private static Sheet sheet(Machine machine, String version, Measured... results) {
    return new Sheet(
        Sheet.FORMAT,
        "2026-01-01T00:00:00Z",
        machine,
        "cpu",
        Map.of("sparring", version, "java", "17"),
        Map.of("quick", "false"),
        List.of(results));
  }
}
