package org.sparring.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTimeTest {
  @TempDir private Path proc;

  /**
   * user 100, nice 1, system 30, idle 500, waiting 50, interrupts 2 and 3, stolen 4: busy 140, idle
   * 550. Own: 10 + 5 and of ended children 20 + 2.
   */
  @Test
  void theKernelsFilesAreRead() throws IOException {
    tell("100 1 30 500 50 2 3 4 0 0", "10 5 20 2");
    assertEquals(Optional.of(new ProcessorTime(140, 550, 37)), ProcessorTime.now(proc));
  }

  /** Of 200 ticks in all 120 were busy, 90 of them ours: others had 30 of 200. */
  @Test
  void whatIsNotOursIsForeign() {
    ProcessorTime before = new ProcessorTime(1000, 5000, 40);
    ProcessorTime after = new ProcessorTime(1120, 5080, 130);
    assertEquals(0.15, after.foreignSince(before));
    assertEquals(0, before.foreignSince(before));
    // ticks of a child are counted when it has ended: never below nothing
    assertEquals(0, new ProcessorTime(1010, 5100, 90).foreignSince(before));
  }

  @Test
  void elsewhereNothingIsTold() throws IOException {
    assertEquals(Optional.empty(), ProcessorTime.now(proc.resolve("none")));
    Files.writeString(proc.resolve("stat"), "cpu 1 2");
    assertEquals(Optional.empty(), ProcessorTime.now(proc));
  }

  private void tell(String all, String own) throws IOException {
    Files.writeString(proc.resolve("stat"), "cpu  " + all + "\ncpu0 1 1 1 1 1 1 1 1 0 0\n");
    Files.createDirectories(proc.resolve("self"));
    Files.writeString(
        proc.resolve("self/stat"), "42 (a (b) c) S 1 1 1 0 -1 4194304 1 2 3 4 " + own + " 20 0");
  }
}
