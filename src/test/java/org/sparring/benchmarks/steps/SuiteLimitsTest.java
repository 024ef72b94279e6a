package org.sparring.benchmarks.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuiteLimitsTest {
  private static final Pattern SHARE = Pattern.compile("Share of the limit: median ([0-9.]+),");

  private static final String NETS =
      "data: {side: 32, channels: 3}\n"
          + "translator: {kind: srresnet, width: 8, depth: 1, patch_width: 8, patch_halvings: 2}\n";

  @TempDir private Path folder;

  /** A phase has its own step; the products of a step take about as long as the step or less. */
  @ParameterizedTest
  @CsvSource({"'task: {kind: restore}\npretraining: {steps: 4}', 2", "'task: {kind: unpaired}', 1"})
  void eachPhaseOfARecipeIsMeasured(String task, int phases) throws IOException {
    Path recipe = Files.writeString(folder.resolve("recipe.yaml"), NETS + task + "\n");
    String report = SuiteLimits.of(List.of("recipe=" + recipe, "batch=1", "steps=1", "warm_up=1"));
    List<Double> shares =
        SHARE.matcher(report).results().map(m -> Double.valueOf(m.group(1))).toList();
    assertEquals(phases, shares.size(), report);
    shares.forEach(share -> assertTrue(share > 0.1 && share < 3, report));
    assertEquals(phases > 1, report.contains("Phase 2 of 2"), report);
  }

  @Test
  void aRecipeIsNotChangedByANetOfTheSuite() {
    var words = List.of("recipe=photo-upscale", "net=dcgan-32");
    var e = assertThrows(IllegalArgumentException.class, () -> SuiteLimits.of(words));
    assertEquals("recipe= names the network: leave out net=dcgan-32", e.getMessage());
  }
}
