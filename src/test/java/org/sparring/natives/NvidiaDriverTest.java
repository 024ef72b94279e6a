package org.sparring.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvidiaDriverTest {
  @TempDir private Path root;

  @Test
  void aMachineWithoutADriverSaysSo() {
    NvidiaDriver driver = new NvidiaDriver(root);
    assertFalse(driver.isPresent());
    assertEquals(Optional.empty(), driver.version());
    assertEquals(List.of(), driver.gpus());
  }

  @Test
  void theVersionIsReadFromTheKernelsLine() throws IOException {
    write(
        "proc/driver/nvidia/version",
        """
        NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  550.54.15  Release Build
        GCC version:  gcc version 12.2.0 (Debian 12.2.0-14)
        """);
    assertTrue(new NvidiaDriver(root).isPresent());
    assertEquals(Optional.of("550.54.15"), new NvidiaDriver(root).version());
  }

  @Test
  void theModelsAreReadInTheOrderOfTheirBusAddresses() throws IOException {
    write("proc/driver/nvidia/gpus/0000:81:00.0/information", "Model: \t\t NVIDIA L4\n");
    write("proc/driver/nvidia/gpus/0000:01:00.0/information", "Model: \t\t NVIDIA H200\nIRQ: 1\n");
    assertEquals(List.of("NVIDIA H200", "NVIDIA L4"), new NvidiaDriver(root).gpus());
  }

  @Test
  void aContainerThatShowsTheDeviceAloneHasADriver() throws IOException {
    assertFalse(new NvidiaDriver(root).isPresent());
    write("dev/nvidiactl", "");
    assertTrue(new NvidiaDriver(root).isPresent());
  }

  @Test
  void theDriverOfWindowsBelowLinuxCounts() throws IOException {
    write("usr/lib/wsl/lib/libcuda.so.1", "");
    assertTrue(new NvidiaDriver(root).isPresent());
  }

  @Test
  void versionsCompareByNumberAndNotByLetter() {
    assertTrue(NvidiaDriver.isRecentEnough("525.60.13"));
    assertTrue(NvidiaDriver.isRecentEnough("525.105.17"));
    assertTrue(NvidiaDriver.isRecentEnough("1000.1"));
    assertFalse(NvidiaDriver.isRecentEnough("525.60.11"));
    assertFalse(NvidiaDriver.isRecentEnough("470.256.02"));
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
