package org.sparring.benchmarks.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparring.benchmarks.sheets.Measured;
import org.sparring.benchmarks.sheets.Sheet;

class SheetMakerTest {
  @TempDir private Path folder;

  @Test
  void aResultsFileNamesTheInstructionSetsOfTheProcessor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    assumeTrue(Files.isReadable(info), "only Linux reports them");
    Path file = folder.resolve("results.json");
    Measured figure = new Measured("B.m", "time", Map.of(), "ms", 1, List.of(1.0), null);
    new SheetMaker(folder, false).of(List.of(figure)).write(file);
    List<String> words = Arrays.asList(Files.readString(info).split("\\s+"));
    List<String> named = Arrays.asList(Sheet.read(file).machine().vectorUnits().split(" "));
    assertTrue(words.containsAll(named), () -> "found " + named);
    for (String set : List.of("avx2", "avx512f", "avx512_bf16", "amx_bf16")) {
      assertEquals(words.contains(set), named.contains(set), set);
    }
  }
}
