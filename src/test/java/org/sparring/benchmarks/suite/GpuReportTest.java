package org.sparring.benchmarks.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.benchmarks.timing.Measurement;
import org.sparring.benchmarks.timing.Measurement.Check;
import org.sparring.benchmarks.timing.Measurement.GpuUse;
import org.sparring.benchmarks.timing.Spread;
import org.sparring.benchmarks.timing.Work;

class GpuReportTest {
  @TempDir private Path folder;

  private static String line(String engine, double ms, Map<String, String> settings) {
    return new Measurement(
                engine,
                Map.of("tensorflow", "2.18.0"),
                Work.of("dcgan-64").withBatch(128),
                settings,
                Spread.of(ms),
                0.0,
                new Check(1, 2, 0.5, 0.7, true, true),
                new GpuUse("a card", 0.97, 4096))
            .toJson()
        + "\n";
  }

  @Test
  void theTableHoldsOursBesidePyTorchAndTheCard() throws IOException {
    Map<String, String> mixed =
        Map.of("precision", "mixed_bfloat16", "steps_per_run", "16", "rule", "alternating");
    Files.writeString(folder.resolve("sparring.jsonl"), line("sparring", 8, mixed));
    Files.writeString(
        folder.resolve("pytorch.jsonl"),
        line("pytorch-amp", 12, Map.of()) + "\n" + line("pytorch-compile-graph", 4, Map.of()));
    Files.writeString(
        folder.resolve("limits.json"),
        "{\"matrix_tflops_bfloat16\": 100, \"memory_gb_per_s\": 1000}");
    Files.writeString(folder.resolve("machine.txt"), "card: a card\ndriver: 550.54.15\n");

    GpuReport.write(folder);

    String table = Files.readString(folder.resolve("results.md"));
    assertTrue(table.contains("- driver: 550.54.15"), table);
    String row = table.lines().filter(l -> l.startsWith("| dcgan-64")).findFirst().orElseThrow();
    List<String> cells = List.of(row.split("\\s*\\|\\s*"));
    List<String> measured =
        List.of("128", "mixed_bfloat16", "16", "off", "8.000", "16000", "97 %", "4096");
    assertEquals(measured, cells.subList(2, 10));
    assertEquals(List.of("1.50", "0.50"), cells.subList(10, 12));
    JsonNode json = new ObjectMapper().readTree(folder.resolve("results.json").toFile());
    assertEquals(2, json.get("pytorch").size());
    assertEquals(100, json.get("limits").get("matrix_tflops_bfloat16").asInt());
  }

  @Test
  void pyTorchsFiguresAreThereWithoutOurs() throws IOException {
    String amp = line("pytorch-amp", 4, Map.of());
    String unseen = line("pytorch-eager", 8, Map.of()).replace("\"busy\":0.97", "\"busy\":-1");
    Files.writeString(folder.resolve("pytorch.jsonl"), amp + unseen);
    GpuReport.write(folder);
    String table = Files.readString(folder.resolve("results.md"));
    String row = "| dcgan-64 | 128 | amp | 4.000 | 32000 | 97 % | 4096 |";
    assertTrue(table.lines().anyMatch(row::equals), table);
    assertTrue(table.contains("| eager | 8.000 | 16000 | – | 4096 |"), table);
  }

  @Test
  void withoutPyTorchAndLimitsItSaysWhatThereIs() throws IOException {
    Files.writeString(folder.resolve("sparring.jsonl"), line("sparring", 8, Map.of()));
    GpuReport.write(folder);
    String table = Files.readString(folder.resolve("results.md"));
    assertTrue(table.contains("| – | – | – | – |"), table);
    assertFalse(table.contains("| PyTorch |"), table);
  }
}
