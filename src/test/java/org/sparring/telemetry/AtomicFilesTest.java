package org.sparring.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  @TempDir private Path folder;

  @Test
  void aFileIsReplacedAndNothingElseIsLeftBeside() throws IOException {
    Path file = folder.resolve("deep/down/run.json");
    AtomicFiles.write(file, new byte[] {1});
    AtomicFiles.write(file, new byte[] {2, 3});
    assertEquals(2, Files.size(file));
    assertEquals(List.of(file), beside(file));
  }

  @Test
  void whenTheContentFailsTheOldFileStays() throws IOException {
    Path file = folder.resolve("run.json");
    Files.writeString(file, "old");
    TelemetryException refused =
        assertThrows(TelemetryException.class, () -> AtomicFiles.write(file, out -> fullDisk()));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(file), beside(file));
    assertTrue(refused.getMessage().contains("No space left"), refused.getMessage());
    assertTrue(refused.getMessage().contains("disk is not full"), refused.getMessage());
  }

  @Test
  void aFolderThatCannotBeMadeIsNamedInTheError() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("samples"), "a file, not a folder");
    Path file = inTheWay.resolve("grid.png");
    TelemetryException refused =
        assertThrows(TelemetryException.class, () -> AtomicFiles.write(file, new byte[0]));
    assertTrue(refused.getMessage().startsWith("Cannot write " + file), refused.getMessage());
  }

  private static void fullDisk() throws IOException {
    throw new IOException("No space left on device");
  }

  private static List<Path> beside(Path file) throws IOException {
    try (Stream<Path> files = Files.list(file.getParent())) {
      return files.toList();
    }
  }
}
